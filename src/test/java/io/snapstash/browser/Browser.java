package io.snapstash.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One tab of a headless Chromium, spoken to in the DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 40;
  private static final Path SHOTS = Path.of("target/browser");
  private static final Map<String, Integer> KEYS =
      Map.of("Tab", 9, "ArrowLeft", 37, "ArrowRight", 39, "Home", 36, "End", 35, "Escape", 27, "Enter", 13);

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requested = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final WebSocket socket;
  private String session = "";

  private Browser(Process process, String address) {
    this.process = process;
    this.socket = client.newWebSocketBuilder().buildAsync(URI.create(address), new Listener()).join();
  }

  static Browser start(String program) throws IOException {
    Path profile = Files.createTempDirectory("browser");
    Process process = new ProcessBuilder(program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking", "--hide-scrollbars",
        "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank").redirectErrorStream(true).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      int at = line.indexOf("ws://");
      if (at >= 0) {
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> { }));
        Browser browser = new Browser(process, line.substring(at).strip());
        browser.attach();
        return browser;
      }
    }
    throw new IOException("the browser did not start");
  }

  private void attach() {
    String target = send("Target.createTarget", object().put("url", "about:blank")).path("targetId").asText();
    session = send("Target.attachToTarget", object().put("targetId", target).put("flatten", true))
        .path("sessionId").asText();
    List.of("Page.enable", "Runtime.enable", "Log.enable", "Network.enable").forEach(each -> send(each, object()));
  }

  static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }

  JsonNode send(String method, ObjectNode parameters) {
    int number = numbers.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(number, answer);
    ObjectNode message = object().put("id", number).put("method", method);
    message.set("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    synchronized (this) {
      socket.sendText(message.toString(), true).join();
    }
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new AssertionError(method + ": " + failure, failure);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  void open(String url) {
    send("Page.navigate", object().put("url", url));
  }

  /** The value of an expression in the page, awaited if it is a promise. */
  JsonNode value(String expression) {
    JsonNode answer = send("Runtime.evaluate", object().put("expression", expression).put("awaitPromise", true)
        .put("returnByValue", true).put("userGesture", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.at("/result/value");
  }

  /** Waits in the page until the expression is true. */
  void until(String what, String expression) {
    boolean so = value("""
        new Promise((done) => {
          const end = Date.now() + 25000;
          const look = () => {
            let so = false;
            try { so = Boolean(%s); } catch { so = false; }
            if (so || Date.now() > end) done(so); else setTimeout(look, 20);
          };
          look();
        })""".formatted(expression)).asBoolean();
    if (!so) {
      throw new AssertionError(what + " is not so on the page: " + value("document.body.innerText").asText());
    }
  }

  void size(int width, int height) {
    send("Emulation.setDeviceMetricsOverride", object().put("width", width).put("height", height)
        .put("deviceScaleFactor", 1).put("mobile", false));
  }

  void scheme(String scheme) {
    ObjectNode media = object();
    media.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", scheme);
    send("Emulation.setEmulatedMedia", media);
  }

  void press(String key) {
    for (String type : List.of("keyDown", "keyUp")) {
      ObjectNode event = object().put("type", type).put("key", key).put("code", key)
          .put("windowsVirtualKeyCode", KEYS.get(key));
      if (key.equals("Enter")) {
        event.put("text", "\r");
      }
      send("Input.dispatchKeyEvent", event);
    }
  }

  /** Kept below target/browser. */
  void screenshot(String name) {
    String data = send("Page.captureScreenshot", object().put("format", "png").put("captureBeyondViewport", true))
        .path("data").asText();
    try {
      Files.createDirectories(SHOTS);
      Files.write(SHOTS.resolve(name + ".png"), Base64.getDecoder().decode(data));
    } catch (IOException unwritable) {
      throw new AssertionError(unwritable);
    }
  }

  /** Errors on the console and exceptions nobody caught. */
  List<String> complaints() {
    return complaints;
  }

  /** Addresses of all that was loaded. */
  List<String> requested() {
    return requested;
  }

  @Override
  public void close() {
    process.destroy();
    client.shutdownNow();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        take(whole);
      }
      from.request(1);
      return null;
    }

    private void take(String whole) {
      try {
        JsonNode message = Json.MAPPER.readTree(whole);
        if (message.has("id")) {
          CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt());
          if (message.has("error")) {
            answer.completeExceptionally(new IllegalStateException(message.path("error").toString()));
          } else {
            answer.complete(message.path("result"));
          }
        } else {
          event(message.path("method").asText(), message.path("params"));
        }
      } catch (IOException unreadable) {
        complaints.add("unreadable message of the browser");
      }
    }

    private void event(String method, JsonNode told) {
      switch (method) {
        case "Runtime.exceptionThrown" -> complaints.add(told.path("exceptionDetails").toString());
        case "Runtime.consoleAPICalled" -> {
          if (told.path("type").asText().equals("error")) {
            complaints.add(told.path("args").toString());
          }
        }
        case "Log.entryAdded" -> {
          if (told.at("/entry/level").asText().equals("error")) {
            complaints.add(told.at("/entry/text").asText() + " " + told.at("/entry/url").asText());
          }
        }
        case "Network.requestWillBeSent" -> requested.add(told.at("/request/url").asText());
        default -> { }
      }
    }
  }
}
