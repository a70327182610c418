package io.snapstash.picture;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.picture.Picture.Card;
import io.snapstash.picture.Picture.Cut;
import io.snapstash.picture.Picture.Headline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What makes one picture out of another. It is the JSON of a {@code change} on the stream: put these cards into their
 * lists, take those ids away, and use headline and cut as they are.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Difference(Instant at, Headline headline, Map<String, List<Card>> put, Map<String, List<String>> gone,
    Cut cut) {
  private static final Map<String, Function<Picture, List<? extends Card>>> LISTS = lists();

  private static Map<String, Function<Picture, List<? extends Card>>> lists() {
    Map<String, Function<Picture, List<? extends Card>>> lists = new LinkedHashMap<>();
    lists.put("applications", Picture::applications);
    lists.put("runs", Picture::runs);
    lists.put("repositories", Picture::repositories);
    lists.put("storages", Picture::storages);
    lists.put("failures", Picture::failures);
    lists.put("openClaims", Picture::openClaims);
    return lists;
  }

  /** Empty if only time has passed. */
  public static Optional<Difference> between(Picture before, Picture after) {
    Map<String, List<Card>> put = new LinkedHashMap<>();
    Map<String, List<String>> gone = new LinkedHashMap<>();
    LISTS.forEach((name, list) -> {
      Map<String, Card> old = list.apply(before).stream().collect(Collectors.toMap(Card::id, each -> each, (a, _) -> a));
      List<Card> fresh = new ArrayList<>();
      for (Card card : list.apply(after)) {
        Card known = old.remove(card.id());
        if (!card.equals(known)) {
          fresh.add(card);
        }
      }
      if (!fresh.isEmpty()) {
        put.put(name, fresh);
      }
      if (!old.isEmpty()) {
        gone.put(name, old.keySet().stream().sorted().toList());
      }
    });
    boolean same = put.isEmpty() && gone.isEmpty() && before.headline().equals(after.headline())
        && before.cut().equals(after.cut());
    return same ? Optional.empty()
        : Optional.of(new Difference(after.at(), after.headline(), put, gone, after.cut()));
  }
}
