package io.snapstash.domain.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubstitutionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> VALUES = Map.of(
      "name", "orders",
      "empty", "",
      "path", "/var/lib/data.tar.gz",
      "mixed", "mySQL",
      "loop", "${loop}",
      "quote", "a\": \"b",
      "db-name", "dashed",
      "letters", "aXbXc");

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      plain                     | plain
      ${name}                   | orders
      a-${name}-b               | a-orders-b
      ${name:=x}                | orders
      ${empty:=x}               | ``
      ${empty:-x}               | ``
      ${nobody=x}               | x
      ${nobody:=x}              | x
      ${nobody:-x}              | x
      ${nobody:=}               | ``
      ${nobody:=${name}}        | orders
      ${nobody:=<${no:=${name}}>} | <orders>
      ${name:=${nobody}}        | orders
      ${nobody:={a\\}}          | {a}
      $$                        | $
      $${name}                  | ${name}
      $$$${name}                | $${name}
      $name $(NAME) 5$          | $name $(NAME) 5$
      ${loop}                   | ${loop}
      ${db-name}                | dashed
      ${#name}                  | 6
      ${#empty}                 | 0
      ${mixed^}                 | MySQL
      ${mixed^^}                | MYSQL
      ${mixed,}                 | mySQL
      ${mixed,,}                | mysql
      ${name:2}                 | ders
      ${name:2:3}               | der
      ${name: -2}               | rs
      ${name:0:-1}              | order
      ${name:9}                 | ``
      ${name:0:99}              | orders
      ${path#*/}                | var/lib/data.tar.gz
      ${path##*/}               | data.tar.gz
      ${path%.*}                | /var/lib/data.tar
      ${path%%.*}               | /var/lib/data
      ${path#/nowhere}          | /var/lib/data.tar.gz
      ${path/lib/opt}           | /var/opt/data.tar.gz
      ${path/a/A}               | /vAr/lib/data.tar.gz
      ${path//a/A}              | /vAr/lib/dAtA.tAr.gz
      ${path//\\//_}            | _var_lib_data.tar.gz
      ${path/#\\/var/\\/}       | \\//lib/data.tar.gz
      ${path/%gz/xz}            | /var/lib/data.tar.xz
      ${letters//[A-Z]/-}       | a-b-c
      ${letters//[!A-Z]}        | XX
      ${letters/X*}             | a
      ${letters//?/.}           | .....
      ${letters//X/${name}}     | aordersbordersc
      ${name/#/pre-}            | pre-orders
      ${name/%/-post}           | orders-post
      """)
  void resolves(String template, String expected) {
    assertThat(text(template)).isEqualTo(new Substitution.Done(TextNode.valueOf(expected)));
  }

  @Test
  void tellsAllMissingNamesAtOnce() throws Exception {
    JsonNode document = JSON.readTree("""
        {"a": ["${x}", {"${y}": "${name}"}], "b": "${x:1} ${#z} ${name/a/${w}} ${v:=${u}}"}""");

    assertThat(Substitution.of(document, SubstitutionTest::value))
        .isEqualTo(new Substitution.Failed(java.util.List.of("u", "w", "x", "y", "z"), java.util.List.of()));
  }

  @Test
  void keepsTheDocumentWhole() throws Exception {
    JsonNode document = JSON.readTree("""
        {"${name}": "${quote}", "count": 3, "none": null, "on": true}""");
    JsonNode before = document.deepCopy();

    Substitution result = Substitution.of(document, SubstitutionTest::value);

    assertThat(result).isEqualTo(new Substitution.Done(JSON.readTree("""
        {"orders": "a\\": \\"b", "count": 3, "none": null, "on": true}""")));
    assertThat(document).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ${name          | '${' without '}'
      ${}             | without a name
      ${name:x}       | no number
      ${name!}        | unexpected '!'
      ${nobody:=${x   | '${' without '}'
      """)
  void explainsWhatIsNoTemplate(String template, String fault) {
    assertThat(text(template)).isInstanceOfSatisfying(Substitution.Failed.class,
        failed -> assertThat(failed.message()).contains(fault).contains(template));
  }

  @Test
  void refusesTwoKeysThatBecomeOne() throws Exception {
    Substitution result = Substitution.of(JSON.readTree("{\"orders\": 1, \"${name}\": 2}"), SubstitutionTest::value);

    assertThat(result).isInstanceOfSatisfying(Substitution.Failed.class,
        failed -> assertThat(failed.message()).isEqualTo("two keys become 'orders'"));
  }

  @Test
  void boundsDepthSizeAndWork() {
    String deep = "${a:=".repeat(25) + "}".repeat(25);
    String big = "x".repeat(20_000);
    Map<String, String> values = Map.of("big", big, "stars", "*a".repeat(3_000));

    assertThat(failure(deep, values)).contains("inside each other");
    assertThat(failure("${big//x/${big}}", values)).contains("larger than");
    assertThat(failure("${big}".repeat(60), values)).contains("larger than");
    assertThat(failure("${big//${stars}b/}", values)).contains("too expensive");
    assertThat(failure("${big/x*x*x*x*x*x*x*x*x*x*y/}", values)).isEmpty();
  }

  private static String failure(String template, Map<String, String> values) {
    return switch (Substitution.of(TextNode.valueOf(template), name -> Optional.ofNullable(values.get(name)))) {
      case Substitution.Failed failed -> failed.message();
      case Substitution.Done done -> "";
    };
  }

  private static Substitution text(String template) {
    return Substitution.of(TextNode.valueOf(template), SubstitutionTest::value);
  }

  private static Optional<String> value(String name) {
    return Optional.ofNullable(VALUES.get(name));
  }
}
