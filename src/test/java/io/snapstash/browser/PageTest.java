package io.snapstash.browser;

import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.sandbox.Manifests;
import io.snapstash.sandbox.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One world for all: an application that is protected, one that fails, one that has never been backed up, and one whose
 * backup is under way. The tests follow it in this order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageTest {
  private static final String SHOP = """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: shop, namespace: demo}
      spec:
        selector: {matchLabels: {app: shop}}
        template:
          metadata: {labels: {app: shop}}
          spec:
            containers:
              - name: main
                image: busybox
                volumeMounts: [{name: a, mountPath: /a}, {name: b, mountPath: /b}]
            volumes:
              - {name: a, persistentVolumeClaim: {claimName: slow}}
              - {name: b, persistentVolumeClaim: {claimName: slower}}
      """;
  private static StoryWorld world;
  private static Browser browser;
  private static String page;

  @BeforeAll
  static void open() throws IOException {
    Optional<String> chromium = Tools.chromium();
    assumeTrue(chromium.isPresent(), "the page is tested in Chromium, which is not installed and could not be");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    page = "http://127.0.0.1:" + port + "/";
    world = OperatorWorld.start(Map.of(Programs.PORT, Integer.toString(port), "SNAPSTASH_HTTP_HOST", "127.0.0.1"));
    browser = Browser.start(chromium.get());
    populate();
    browser.size(1440, 1000);
    browser.open(page);
    browser.until("the page is there", "document.querySelectorAll('#applications .card').length === 4");
  }

  private static void populate() {
    world.behaviour().failSnapshotOf("broken").snapshotOfTakes("slow", Duration.ofMinutes(1))
        .snapshotOfTakes("slower", Duration.ofMinutes(2));
    world.apply(Manifests.file("k8s/samples/00-storage.yaml"));
    for (String claim : new String[] {"notes", "broken", "never", "slow", "slower", "forgotten"}) {
      world.apply(Given.claim(claim));
      world.until(claim + " bound", () -> world.phase(CLAIMS, claim).equals("Bound"));
    }
    world.apply(ABackup.ofClaim("notes", "notes").manifests());
    world.apply(ABackup.ofClaim("broken", "broken").timeout("2m").manifests());
    world.apply(ABackup.ofClaim("never", "never").paused().manifests());
    world.until("one fails", Duration.ofMinutes(10), () -> run("broken").equals("Failed"));
    world.until("one is good", () -> run("notes").equals("Succeeded"));
    world.apply(SHOP);
    world.apply(ABackup.ofWorkload("slow", "Deployment", "shop").manifests());
    world.settle();
  }

  private static String run(String configuration) {
    return world.list(BACKUP_SESSIONS).stream()
        .filter(each -> each.getSpec().invoker().name().equals(configuration) && each.getStatus() != null)
        .map(each -> String.valueOf(each.getStatus().phase())).findFirst().orElse("");
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    if (world != null) {
      world.close();
    }
  }

  private static String text(String selector) {
    return browser.value("document.querySelector('" + selector + "')?.innerText ?? ''").asText();
  }

  @Test
  @Order(1)
  void theFirstLineTellsTheTruth() {
    assertThat(text("#truth")).isEqualTo("1 of 4 applications is protected – 3 without any backup");
    assertThat(text("#link")).isEqualTo("Live");
    assertThat(text("#openClaims")).contains("forgotten", "never", "broken").doesNotContain("notes");
    browser.screenshot("1440-light");
  }

  @Test
  @Order(2)
  void aFailureShowsItsCauseAndTheCommandThatShowsMore() {
    assertThat(text("#failures")).contains("BackupSession demo/broken-frequent", "broken:",
        "kubectl -n demo describe backupsession broken-frequent");
  }

  @Test
  @Order(3)
  void theFirstStopOfTheTabKeyLeadsPastEverythingToTheApplications() {
    browser.open(page);
    browser.until("the page is there", "document.querySelectorAll('#applications .card').length === 4");
    browser.press("Tab");
    assertThat(browser.value("document.activeElement.className").asText()).isEqualTo("skip");
    assertThat(browser.value("document.activeElement.getBoundingClientRect().left").asInt()).isNotNegative();

    browser.press("Enter");

    browser.until("it is there", "document.activeElement.id === 'applications'");
  }

  @Test
  @Order(3)
  void aStripOfRunsIsOneStopOfTheTabKeyAndArrowsMoveInIt() {
    browser.value("document.querySelector('#applications').focus()");
    for (int at = 0; at < 10 && !browser.value("document.activeElement.matches('.cell')").asBoolean(); at++) {
      browser.press("Tab");
    }

    assertThat(browser.value("document.activeElement.getAttribute('aria-label')").asText()).contains("frequent");
    assertThat(browser.value("document.querySelector('#tip').hidden").asBoolean()).isFalse();
    browser.press("Escape");
    assertThat(browser.value("document.querySelector('#tip').hidden").asBoolean()).isTrue();
  }

  @Test
  @Order(4)
  void theRulesOfAccessibilityHoldInBothSchemesAndBothSizes() {
    Optional<String> axe = Tools.axe();
    assumeTrue(axe.isPresent(), "axe-core comes from npm, which is not there");
    browser.value(axe.get() + "; true");
    for (String scheme : new String[] {"light", "dark"}) {
      for (int width : new int[] {1440, 360}) {
        browser.scheme(scheme);
        browser.size(width, 1000);
        JsonNode violations = browser.value("""
            axe.run(document, {resultTypes: ['violations']}).then((all) => all.violations.map((each) =>
              each.id + ': ' + each.nodes.map((node) => node.html + ' ' + node.failureSummary).join(' | ')))""");
        assertThat(violations).as(scheme + " " + width).isEmpty();
        browser.screenshot(width + "-" + scheme);
      }
    }
    browser.scheme("light");
  }

  @Test
  @Order(5)
  void nothingIsWiderThanAPhone() {
    browser.size(360, 800);

    assertThat(browser.value("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(360);
    browser.size(1440, 1000);
    assertThat(browser.value("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(1440);
  }

  @Test
  @Order(6)
  void aBackupIsSeenMovingFromStartToEnd() {
    browser.until("it runs", "document.querySelector('#runs progress')?.value === 0");
    assertThat(text("#runs")).contains("Backup of demo/shop", "0 of 2 volumes");

    world.advance(Duration.ofSeconds(61));
    browser.until("half of it is done", "document.querySelector('#runs progress').value === 1");
    assertThat(text("#runs")).contains("1 of 2 volumes");
    browser.screenshot("1440-half-done");

    world.until("it succeeds", () -> run("slow").equals("Succeeded"));

    browser.until("it is over", "document.querySelector('#runs').hidden");
    browser.until("it counts", "document.querySelector('#truth').textContent.startsWith('2 of 4')");
  }

  @Test
  @Order(7)
  void aLostStreamIsToldAndARestartOfTheOperatorIsSurvived() {
    StoryWorld.await(world.world().stopOperator());
    browser.until("it is told", "document.querySelector('#link').dataset.link === 'lost'");
    assertThat(text("#link")).startsWith("Connection lost");
    assertThat(text("#truth")).as("what was known stays").startsWith("2 of 4");
    browser.complaints().clear();

    StoryWorld.await(world.world().startOperator());
    browser.until("it is back", "document.querySelector('#link').dataset.link === 'live'");
    world.apply(ABackup.ofClaim("late", "forgotten").manifests());
    world.until("a fifth", () -> run("late").equals("Succeeded"));

    browser.until("it follows again", "document.querySelector('#truth').textContent.startsWith('3 of 5')");
  }

  @Test
  @Order(8)
  void theConsoleStaysCleanAndNothingComesFromElsewhere() {
    browser.complaints().clear();
    browser.open(page);
    browser.until("the page is there", "document.querySelectorAll('#applications .card').length === 5");

    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requested()).filteredOn(url -> !url.startsWith(page) && !url.equals("about:blank")).isEmpty();
  }
}
