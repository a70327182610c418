package io.snapstash.domain.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.snapstash.api.HookInfo;
import io.snapstash.api.HookTemplateSpec;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.domain.phase.Summary;
import io.snapstash.rules.Rule;
import io.snapstash.sandbox.Manifests;
import io.snapstash.api.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A HookTemplate and the values of a hook. */
class FilledHookTest {
  private static final Summary SUMMARY = new Summary("b-1", "demo", new Summary.Invoker("BackupConfiguration", "b", "demo"),
      new TypedObjectReference("apps", "StatefulSet", "demo", "db"), new Summary.Status("Failed", "1m5s", "disk full"));

  private static FilledHook fill(String template, String hook) throws FilledHook.Unfit {
    try {
      return FilledHook.of(Json.MAPPER.treeToValue(Manifests.parse(template).getFirst(), HookTemplateSpec.class),
          Json.MAPPER.treeToValue(Manifests.parse(hook).getFirst(), HookInfo.class), Map.of("namespace", "demo"),
          SummaryData.of(SUMMARY), Instant.EPOCH);
    } catch (JsonProcessingException mistake) {
      throw new IllegalArgumentException(mistake);
    }
  }

  private static List<String> command(String command, String hook) throws FilledHook.Unfit {
    return fill("params: [{name: how, default: softly}]\nexecutor: {type: Pod}\naction: {exec: {command: " + command + "}}",
        hook).action().exec().command();
  }

  @Test
  @Rule("behaviour 11.8")
  void paramsWinOverTheDefaultsOfTheTemplate() throws FilledHook.Unfit {
    assertThat(command("['${how}', '${where:=here}']", "{name: h}")).containsExactly("softly", "here");
    assertThat(command("['${how}', '${where:=here}']", "{params: {how: hard, where: there}}"))
        .containsExactly("hard", "there");
    assertThat(command("['${how}']", "{variables: [{name: how, value: often}]}")).containsExactly("often");
  }

  @Test
  @Rule("behaviour 11.8")
  void textForTheShellSurvives() throws FilledHook.Unfit {
    assertThat(command("['echo ${HOME} ${HOME%/*} ${list[@]} ${x+set} ${!ref} $PATH ${how}']", "{name: h}"))
        .containsExactly("echo ${HOME} ${HOME%/*} ${list[@]} ${x+set} ${!ref} $PATH softly");
  }

  @Test
  @Rule("behaviour 11.7")
  void aCommandAndABodyMayTellHowItWent() throws FilledHook.Unfit {
    assertThat(command("[notify, '{{ .Target.Name }}: {{ .Status.Phase }} after {{ .Status.Duration }}']", "{name: h}"))
        .containsExactly("notify", "db: Failed after 1m5s");
    assertThat(fill("executor: {type: Operator}\naction: {httpPost: {port: 80, body: '"
        + "{{- $msg := dict \"text\" (printf \"%s of %s\" .Status.Error .Invoker.Name) -}}{{ toJson $msg }}'}}", "{name: h}")
        .action().httpPost().body()).isEqualTo("{\"text\":\"disk full of b\"}");
  }

  @Test
  void whatCannotBeFilledInIsSaid() {
    assertThatThrownBy(() -> fill("params: [{name: pin, required: true}]\nexecutor: {type: Pod}", "{name: h}"))
        .hasMessage("no value for the required parameters pin");
    assertThatThrownBy(() -> fill("executor: {type: Pod}\naction: {exec: {command: [x]}}",
        "{variables: [{name: pw, valueFrom: {secretKeyRef: {name: s, key: k}}}]}"))
        .hasMessageContaining("executors of type Function");
    assertThatThrownBy(() -> command("['{{ env \"HOME\" }}']", "{name: h}"))
        .hasMessage("template: function env is not supported");
  }

  @Test
  void valuesThatSoundLikeSecretsAreKeptFromView() throws FilledHook.Unfit {
    assertThat(fill("executor: {type: Operator}\naction: {httpGet: {port: 80, httpHeaders: "
        + "[{name: X-Auth, value: sesame}, {name: Accept, value: text}]}}", "{params: {password: fish, colour: red}}")
        .secrets()).containsExactlyInAnyOrder("sesame", "fish");
  }
}
