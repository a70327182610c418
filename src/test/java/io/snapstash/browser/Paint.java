package io.snapstash.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a browser takes to show what the page is about, with nothing in its cache. */
public final class Paint {
  /** The line of truth says something, and a frame with it has been drawn. */
  private static final String WATCH = """
      new MutationObserver((_, observer) => {
        const truth = document.getElementById('truth');
        if (!truth || truth.textContent.startsWith('Looking')) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now(); }));
      }).observe(document, {childList: true, characterData: true, subtree: true});
      """;

  private Paint() {}

  /**
   * Empty where there is no browser. The first time, which starts the browser's own processes, does not count. A browser
   * that gives up (it does so when the machine's network interfaces change) ends it early.
   */
  public static List<Duration> firstMeaningful(String page, int times) {
    if (Tools.chromium().isEmpty()) {
      return List.of();
    }
    List<Duration> took = new ArrayList<>();
    try (Browser browser = Browser.start(Tools.chromium().get())) {
      browser.send("Network.setCacheDisabled", Browser.object().put("cacheDisabled", true));
      browser.send("Page.addScriptToEvaluateOnNewDocument", Browser.object().put("source", WATCH));
      for (int number = 0; number <= times; number++) {
        browser.open(page + "?fresh=" + number);
        browser.until("painted", "location.search === '?fresh=" + number + "' && window.painted > 0");
        Duration painted = Duration.ofNanos((long) (browser.value("window.painted").asDouble() * 1e6));
        if (number > 0) {
          took.add(painted);
        }
      }
      return took;
    } catch (AssertionError gaveUp) {
      System.out.println("the browser gave up: " + gaveUp.getMessage());
      return took;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
