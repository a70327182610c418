package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.snapstash.storage.PutCondition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bucket into which somebody else has written what only looks like a catalogue. */
@Tag("hostile")
class ForeignCatalogueStoryTest extends Story {
  private static final int MANY_BYTES = 6 << 20;
  private static final int MOST_READS_PER_HOUR = 2_000;

  /** What somebody might put beside our Snapshots, by what is wrong with it. */
  private static Map<String, byte[]> foreign(String good) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("aliases", "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
        + "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
        + "e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: [*e, *e, *e, *e, *e, *e, *e, *e, *e]\n");
    texts.put("depth", "[".repeat(20_000));
    texts.put("nothing", "");
    texts.put("null", "null");
    texts.put("no-metadata", "{apiVersion: storage.kubestash.com/v1alpha1, kind: Snapshot, metadata: null, spec: null}");
    texts.put("kind", "{apiVersion: v1, kind: Secret, metadata: {name: stolen, namespace: demo}, data: {a: Yg==}}");
    texts.put("list", "[1, 2, 3]");
    texts.put("tag", "!!javax.script.ScriptEngineManager [!!java.net.URL ['http://127.0.0.1:1/']]");
    texts.put("types", good.replaceAll("(?m)^spec:", "spec: [7]\nold:"));
    texts.put("status", good.replaceAll("(?m)^status:", "status: {components: 7}\nold:"));
    texts.put("twice", good + "\n" + good);
    texts.put("elsewhere", good.replaceAll("(?m)^( +)namespace: \"?demo\"?$", "$1namespace: kube-system"));
    texts.put("upwards", good.replaceAll("(?m)^  name: .*$", "  name: ../../../etc/passwd"));
    texts.put("control", good.replaceAll("(?m)^  name: .*$", "  name: \"a\\\\u001b[31mb\""));
    texts.put("half", good.substring(0, good.length() / 2));
    texts.put("large", "a: \"" + "x".repeat(MANY_BYTES) + "\"");
    Map<String, byte[]> all = new LinkedHashMap<>();
    texts.forEach((name, text) -> all.put(name, text.getBytes(StandardCharsets.UTF_8)));
    byte[] noise = new byte[4096];
    new Random(7).nextBytes(noise);
    all.put("noise", noise);
    return all;
  }

  private JsonNode entry() {
    return world.tree(BACKUP_STORAGES, "s3-storage").at("/status/repositories/0");
  }

  @Test
  void whatIsOursComesBackAndWhatIsForeignIsNamedAndGoesNowhere() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    String ours = snapshots().getFirst().getMetadata().getName();
    String file = "b-repo/snapshots/" + ours + ".yaml";
    String text = new String(world.inBucket("demo", store -> store.get(file)).orElseThrow().content(),
        StandardCharsets.UTF_8);
    assertThat(foreign(text).values()).as("each is changed").doesNotContain(text.getBytes(StandardCharsets.UTF_8));
    foreign(text).forEach((name, content) -> world.inBucket("demo", store ->
        store.put("b-repo/snapshots/foreign-" + name + ".yaml", content, PutCondition.always())));
    world.delete(BACKUP_CONFIGURATIONS, "b");
    world.delete(BACKUP_STORAGES, "s3-storage");
    world.until("gone", () -> world.find(BACKUP_STORAGES, "demo", "s3-storage").isEmpty());

    storage();
    world.until("told", Duration.ofMinutes(10), () -> entry().path("error").asText().contains("foreign-"));
    world.server().requests().clear();
    world.leap(Duration.ofHours(1), Duration.ofMinutes(1));

    assertThat(world.phase(SNAPSHOTS, ours)).isEqualTo("Succeeded");
    assertThat(StoryWorld.await(world.client().list(SNAPSHOTS, Selection.EVERYTHING)))
        .allSatisfy(each -> assertThat(each.getMetadata().getNamespace()).isEqualTo("demo"))
        .allSatisfy(each -> assertThat(each.getMetadata().getName()).isEqualTo(ours));
    assertThat(world.find(ResourceTypes.SECRETS, "demo", "stolen")).isEmpty();
    assertThat(world.server().requests().size()).as("requests in an hour").isLessThan(MOST_READS_PER_HOUR);
    assertThat(entry().path("error").asText()).hasSizeLessThan(4096).doesNotContain("\u001b");
    world.apply(Given.claim("other"));
    backUp(ABackup.ofClaim("c", "other"), "c");
  }
}
