package io.snapstash.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.snapstash.domain.gotemplate.GoTemplate;
import io.snapstash.domain.gotemplate.GoTemplateException;
import io.snapstash.domain.hook.Masking;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.retention.RetentionPeriod;
import io.snapstash.domain.schedule.Schedule;
import io.snapstash.domain.template.Substitution;
import io.snapstash.domain.unit.ByteSize;
import io.snapstash.domain.unit.GoDuration;
import io.snapstash.storage.ObjectKeys;
import io.snapstash.storage.StoreFailure;
import io.snapstash.storage.StoredVolumeSnapshots;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Texts that users control, put together at random from what parsers trip over. Each reader either understands them or
 * says so; none breaks, runs away or lets anything out. The seed is fixed; what failed is shown.
 */
@Tag("hostile")
class HostileTextTest {
  private static final Instant NOW = Instant.parse("2028-02-29T12:00:00Z");
  private static final int TEXTS = 20_000;
  private static final int PIECES = 12;
  private static final List<String> ANYWHERE = List.of("", " ", "\t", "\n", "\r\n", "\0", "\u001b[31m", "\u202e", "\ufeff",
      "ä", "\ud83d\ude80", "\ud83d", "null", "true", "0", "-1", "9223372036854775808", "1e999", "NaN", "%s%n", "'", "\"",
      "`", "\\", "x".repeat(300), "9".repeat(40), ":", ";", ",", ".", "/", "*", "-", "_", "=");

  /** Tells each text; an exception that is not one of the expected fails with the text that led to it. */
  private static void each(List<String> pieces, Consumer<String> reader) {
    Random random = new Random(20_260_302);
    for (int number = 0; number < TEXTS; number++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(PIECES);
      for (int piece = 0; piece < length; piece++) {
        List<String> from = random.nextInt(5) == 0 ? ANYWHERE : pieces;
        text.append(from.get(random.nextInt(from.size())));
      }
      try {
        reader.accept(text.toString());
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError broken) {
        fail("text " + number + ": " + text, broken);
      }
    }
  }

  @Test
  void aScheduleIsReadOrRefusedAndItsNextRunIsAlwaysLater() {
    each(List.of("*", "?", "*/0", "*/5", "1-5", "5-1", "59", "60", "L", "W", "#", "MON", "JAN", "@every ", "@daily", "@",
        "1h", "0s", "-5m", "CRON_TZ=", "TZ=", "Europe/Berlin ", "SystemV/PST8 ", " ", " ", " ", "31", "2", "29"), text -> {
          if (Schedule.read(text) instanceof Schedule.Reading.Accepted(Schedule schedule)) {
            schedule.next(NOW).ifPresent(next -> assertThat(next).as(text).isAfter(NOW));
          }
        });
  }

  @Test
  void periodsDurationsAndSizesAreReadOrRefused() {
    each(List.of("1", "2", "00", "y", "mo", "w", "d", "h", "m", "s", "ms", "us", "µs", "ns", "Gi", "Ki", "E", "k", ".", "+", "-"),
        text -> {
          RetentionPeriod.parse(text).ifPresent(period -> assertThat(period.isNegative()).as(text).isFalse());
          GoDuration.parse(text).ifPresent(GoDuration::format);
          ByteSize.parse(text);
          ByteSize.quantity(text);
        });
  }

  @Test
  void aTemplateOfParametersStaysWithinItsBounds() {
    Map<String, String> values = Map.of("a", "${a}", "b", "${a}${b}", "long", "y".repeat(100_000));
    each(List.of("${", "}", "$", "$$", "${a}", "${b:=", ":=", ":-", "${long}", "${long}${long}${long}${long}", "a", "b", "{", "$("),
        text -> List.of(Substitution.of(JsonNodeFactory.instance.textNode(text), name -> Optional.ofNullable(values.get(name))),
            Substitution.ofKnown(JsonNodeFactory.instance.textNode(text), name -> Optional.ofNullable(values.get(name))))
            .forEach(outcome -> {
              if (outcome instanceof Substitution.Done done) {
                assertThat(done.document().asText().length()).isLessThanOrEqualTo(Substitution.LARGEST);
              } else if (outcome instanceof Substitution.Failed failed) {
                assertThat(failed.message()).isNotBlank();
              }
            }));
  }

  @Test
  void aHookTemplateEndsAndSaysWhatItDoesNotUnderstand() {
    Map<String, Object> data = Map.of("Name", "n", "List", List.of(1, 2, 3), "Deep", Map.of("x", Map.of("y", "z")));
    each(List.of("{{", "}}", "{{-", "-}}", ".", ".Name", ".List", ".Deep.x.y", " range ", " if ", " with ", " else ", " end ",
        "{{range .List}}", "{{range $i, $x := .List}}", "{{end}}", "{{if .Name}}", "$x", ":=", "=", "|", "(", ")", "\"", "printf",
        " \"%1000000000d\" 1", " index ", " dict ", "toJson", "repeat", "{{/*", "*/}}", "1", "-9999999999", "'a'"), text -> {
          try {
            assertThat(GoTemplate.parse(text).render(data, NOW).length()).isLessThanOrEqualTo(GoTemplate.LONGEST);
          } catch (GoTemplateException refused) {
            assertThat(refused.getMessage()).isNotBlank();
          }
        });
  }

  @Test
  void nestingWithoutEndIsRefusedAndBreaksNothing() {
    for (String bomb : List.of("{{if .}}".repeat(100_000), "{{" + "(".repeat(100_000), "{{range .}}".repeat(10) + "{{.}}"
        + "{{end}}".repeat(10))) {
      try {
        GoTemplate.parse(bomb).render(List.of(List.of(), "a", "b", "c", "d", "e", "f", "g", "h"), NOW);
      } catch (GoTemplateException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
    String nested = "${a:=".repeat(50_000) + "}".repeat(50_000);
    assertThat(Substitution.of(JsonNodeFactory.instance.textNode(nested), _ -> Optional.empty())).isNotNull();
  }

  @Test
  void aDirectoryNeverReachesOutOfItsPrefix() {
    each(List.of("..", ".", "/", "//", "\\", "a", "b", "..a", "%2e%2e", "%2f", "~", "C:", "\u2025", "\uff0e\uff0e"), text -> {
      try {
        String key = ObjectKeys.join("prefix", text, "file");
        assertThat(key).as(text).startsWith("prefix/").endsWith("/file");
        assertThat(Arrays.asList(key.split("/", -1))).as(text).doesNotContain("", ".", "..");
        assertThat(key.chars().anyMatch(Character::isISOControl)).as(text).isFalse();
      } catch (StoreFailure refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    });
  }

  @Test
  void whatACatalogueRemembersIsReadOrRefused() {
    each(List.of("[", "]", "{", "}", "\"name\"", ":", ",", "\"x\"", "1", "[[[[", "{\"name\":\"a\"}", "\"creationTime\":\"yesterday\"",
        "\"accessModes\":{}", "\"restoreSize\":1e400"), StoredVolumeSnapshots::parse);
  }

  @Test
  void whatAHookSaidIsShownInTwoKilobytesAtMost() {
    each(List.of("password=", "token: ", "-----BEGIN PRIVATE KEY-----", "://u:p@", "Authorization: Bearer ", "AKIA", "z".repeat(900),
        "ß".repeat(700)), text -> assertThat(Masking.shown(text, List.of("secret", "z")).getBytes(StandardCharsets.UTF_8).length)
            .isLessThanOrEqualTo(Masking.SHOWN + 8));
  }

  /** The longest that the API server lets through, and dots, which a label of DNS may not have. */
  @Test
  void namesOfWhatWeMakeAreNamesWhateverTheyAreMadeFrom() {
    Random random = new Random(20_260_302);
    for (int number = 0; number < TEXTS; number++) {
      String one = name(random);
      String other = name(random);
      for (String made : List.of(Names.backupSession(one, other, NOW), Names.snapshot(one, other), Names.backupJob(one),
          Names.restoreJob(one), Names.cleanupJob(one), Names.volumeSnapshot(one, "1705402801"))) {
        assertThat(made).as(one + " " + other).matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?").hasSizeLessThanOrEqualTo(253);
      }
      assertThat(Names.cronJob(one, other)).matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?").hasSizeLessThanOrEqualTo(52);
      assertThat(Names.backupJob(one)).hasSizeLessThanOrEqualTo(63);
      assertThat(Names.restoreJob(one)).hasSizeLessThanOrEqualTo(63);
    }
  }

  private static String name(Random random) {
    int length = random.nextInt(4) == 0 ? 253 : 1 + random.nextInt(80);
    StringBuilder name = new StringBuilder("a");
    while (name.length() < length - 1) {
      char next = "abcxyz019-.".charAt(random.nextInt(11));
      boolean apart = name.charAt(name.length() - 1) == '.' || name.charAt(name.length() - 1) == '-';
      name.append((next == '.' || next == '-') && apart ? 'q' : next);
    }
    return name.append("z").toString();
  }
}
