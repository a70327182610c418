package io.snapstash.domain.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapstash.rules.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The templates that hooks may hold, as Go would carry them out. */
class GoTemplateTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:20Z");
  private static final Struct RUN = new Struct(Map.of("Name", "nightly", "Namespace", "demo",
      "Target", new Struct(Map.of("Name", "db")), "Status", new Struct(Map.of("Phase", "Failed", "Error", "disk \"a\"")),
      "Items", List.of("a", "b", "c"), "Count", 3L));

  private static String render(String text) {
    return GoTemplate.parse(text).render(RUN, NOW);
  }

  @ParameterizedTest
  @Rule("behaviour 11.7")
  @CsvSource(delimiter = '§', quoteCharacter = '\'', value = {
      "{{ .Name }}§nightly",
      "of {{ .Target.Name }} in {{.Namespace}}.§of db in demo.",
      "x {{- .Name -}} y§xnightlyy",
      "{{/* not shown */}}shown§shown",
      "{{ if eq .Status.Phase \"Failed\" }}bad{{ else }}good{{ end }}§bad",
      "{{ if eq .Status.Phase \"Succeeded\" }}good{{ else if .Name }}named{{ else }}none{{ end }}§named",
      "{{ if and .Name (not .Status.Error) }}a{{ else }}b{{ end }}§b",
      "{{ if or (eq .Name \"x\" \"nightly\") false }}one of{{ end }}§one of",
      "{{ $color := \"green\" }}{{ if ne .Status.Phase \"Succeeded\" }}{{ $color = \"red\" }}{{ end }}{{ $color }}§red",
      "{{ $d := dict \"a\" 1 \"b\" (list 1 2) }}{{ toJson $d }}§{\"a\":1,\"b\":[1,2]}",
      "{{ toJson .Status.Error }}§\"disk \\\"a\\\"\"",
      "{{ printf \"%s is %d of %v, %q %5.1f%%\" .Name 2 true \"x\" 99.5 }}§nightly is 2 of true, \"x\"  99.5%",
      "{{ .Status.Error | quote }}§\"disk \\\"a\\\"\"",
      "{{ .Name | upper | replace \"N\" \"M\" }}§MIGHTLY",
      "{{ range $i, $x := .Items }}{{ $i }}={{ $x }};{{ end }}§0=a;1=b;2=c;",
      "{{ range .Items }}{{ if eq . \"b\" }}{{ continue }}{{ end }}{{ . }}{{ else }}none{{ end }}§ac",
      "{{ range .Items }}{{ if eq . \"b\" }}{{ break }}{{ end }}{{ . }}{{ end }}§a",
      "{{ with .Target }}{{ .Name }} of {{ $.Name }}{{ end }}§db of nightly",
      "{{ index .Items 1 }} {{ len .Items }} {{ len .Name }}§b 3 7",
      "{{ (dict \"k\" \"v\").k }}{{ (dict).missing }}§v<no value>",
      "{{ default \"none\" \"\" }} {{ \"x\" | default \"none\" }}§none x",
      "{{ now | date \"2006-01-02 15:04:05\" }}§2026-03-02 08:00:20",
      "{{ gt .Count 2 }} {{ le .Count 2 }}§true false",
      "{{ trim \"  a \" }}{{ lower \"B\" }}{{ join \",\" .Items }}§aba,b,c",
      "{{ `raw \\n` }}§raw \\n",
      "no action }} here§no action }} here"})
  void aTemplateGivesWhatGoGives(String template, String expected) {
    assertThat(render(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '§', value = {
      "{{ env \"HOME\" }}§function env is not supported",
      "{{ .Nope }}§there is no field .Nope",
      "{{ .Name§'{{' without '}}'",
      "{{ if .Name }}x§{{if}} without {{end}}",
      "{{ end }}§without a beginning",
      "{{ template \"x\" }}§{{template}} is not supported",
      "{{ $x }}§undefined variable $x",
      "{{ eq .Name 1 }}§cannot be compared",
      "{{ index .Items 7 }}§index 7 of a list of 3",
      "{{ printf \"%d\" .Name }}§%d cannot show a text",
      "{{ range 100000000 }}x{{ end }}§range over more than",
      "{{ }}§an empty action"})
  void whatIsWrongOrNotSupportedIsSaid(String template, String message) {
    assertThatThrownBy(() -> render(template)).isInstanceOf(GoTemplateException.class).hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "{{ range 10000 }}{{ range 10000 }}x{{ end }}{{ end }}",
      "{{ $x := \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" }}{{ range 60 }}{{ $x = print $x $x }}{{ end }}"})
  void aBombIsDefused(String template) {
    assertThatThrownBy(() -> render(template)).isInstanceOf(GoTemplateException.class);
  }

  @Test
  void depthIsBounded() {
    assertThatThrownBy(() -> render("{{ if true }}".repeat(10_000))).isInstanceOf(GoTemplateException.class);
    assertThatThrownBy(() -> render("{{ " + "(".repeat(10_000))).isInstanceOf(GoTemplateException.class);
  }
}
