package io.snapstash.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.snapstash.engine.ResourceKey;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.kube.ResourceTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

  /** Of no earlier test: a real server keeps the events of a namespace that is gone. */
  private final String uid = UUID.randomUUID().toString();

  private Notice notice(String message) {
    return new Notice("v1", "ConfigMap", new ResourceKey("demo", "thing"), uid, true, "Broken", message);
  }

  /** The clock moves by hours here, and a real server's does not. */
  private static StoryWorld embedded() {
    Assumptions.assumeTrue(System.getProperty("sandbox.kubeconfig", "").isBlank(), "needs the embedded API server");
    return StoryWorld.start();
  }

  private List<String> messages(StoryWorld world) {
    return world.list(ResourceTypes.EVENTS).stream().filter(event -> uid.equals(event.getInvolvedObject().getUid()))
        .map(Event::getMessage).sorted().toList();
  }

  private Event only(StoryWorld world) {
    return world.list(ResourceTypes.EVENTS).stream().filter(event -> uid.equals(event.getInvolvedObject().getUid()))
        .reduce((one, two) -> {
          throw new AssertionError(one + " and " + two);
        }).orElseThrow();
  }

  @Test
  void whatHappensAgainIsCountedAndWhatIsToldTwiceIsNot() {
    try (StoryWorld world = embedded()) {
      Events first = new Events(world.client(), world.time());
      StoryWorld.await(first.tell(notice("run 1").counted("run", "one")));
      StoryWorld.await(first.tell(notice("run 1").counted("run", "one")));
      Events afterAKill = new Events(world.client(), world.time());
      StoryWorld.await(afterAKill.tell(notice("run 1").counted("run", "one")));
      assertThat(only(world).getCount()).isEqualTo(1);

      StoryWorld.await(afterAKill.tell(notice("run 2").counted("run", "two")));
      StoryWorld.await(first.tell(notice("run 3").counted("run", "three")));

      assertThat(only(world).getCount()).isEqualTo(3);
      assertThat(only(world).getMessage()).isEqualTo("run 3");
    }
  }

  @Test
  void aStateThatLastsIsToldAgainAfterAnHour() {
    try (StoryWorld world = embedded()) {
      Events events = new Events(world.client(), world.time());
      StoryWorld.await(events.tell(notice("no class")));
      world.time().advance(Duration.ofMinutes(59));
      StoryWorld.await(events.tell(notice("no class")));
      StoryWorld.await(new Events(world.client(), world.time()).tell(notice("no class")));
      assertThat(only(world).getCount()).isEqualTo(1);

      world.time().advance(Duration.ofMinutes(2));
      StoryWorld.await(events.tell(notice("no class")));
      assertThat(only(world).getCount()).isEqualTo(2);

      StoryWorld.await(events.tell(notice("no driver")));
      assertThat(messages(world)).containsExactly("no class", "no driver");
    }
  }

  @Test
  void messagesAreCutAndBareOfCredentialsInAddresses() {
    String told = new EventBody(notice("PUT https://me:hidden@host/b?sig=abc%3D&x=1 refused" + "!".repeat(2000)), NOW)
        .first().path("message").asText();

    assertThat(told).hasSize(1000).startsWith("PUT https://***@host/b?sig=***&x=1 refused");
  }

  @Test
  void oneObjectIsTalkedAboutOnlySoMuch() {
    EventMemory memory = new EventMemory(Duration.ofHours(1));

    assertThat(IntStream.range(0, 1000).filter(_ -> memory.mayTellAbout("chatty", NOW)).count()).isEqualTo(50);
    assertThat(memory.mayTellAbout("other", NOW)).isTrue();
    assertThat(memory.mayTellAbout("chatty", NOW.plusSeconds(10))).isTrue();
    assertThat(memory.mayTellAbout("chatty", NOW.plusSeconds(19))).isFalse();
  }

  @Test
  void anEventOfTheLongestNameHasAValidName() {
    Notice about = new Notice("v1", "ConfigMap", new ResourceKey("demo", "a." + "x".repeat(251)), "u", true, "R", "m");

    assertThat(new EventBody(about, NOW).name()).hasSizeLessThanOrEqualTo(253).matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
  }
}
