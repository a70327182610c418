package io.snapstash.domain.target;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of components: {@code volumesnapshot}, or one per Pod of a StatefulSet (behaviour 6.8). */
public final class ComponentNames {
  /** The component of a target that is captured as a whole. */
  public static final String WHOLE = "volumesnapshot";
  private static final String POD = WHOLE + "-pod-";
  private static final Pattern ENDING = Pattern.compile("^(.*?)(\\d*)$", Pattern.DOTALL);

  /** Numbers at the end count as numbers: {@code …-2} comes before {@code …-10}. */
  public static final Comparator<String> NATURAL = Comparator
      .comparing((String name) -> ending(name).group(1))
      .thenComparing(name -> number(ending(name).group(2)))
      .thenComparing(Comparator.naturalOrder());

  private ComponentNames() {}

  public static String ofPod(int ordinal) {
    return POD + ordinal;
  }

  /** Value of {@code POD_ORDINAL} (8.6): the number of the Pod, or 0 for everything else. */
  public static String ordinal(String component) {
    String digits = component.startsWith(POD) ? component.substring(POD.length()) : "";
    return !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9') ? digits : "0";
  }

  /** Which of the present components a user means: the exact name, or the name without our prefix (18.19). */
  public static Optional<String> match(String wanted, Collection<String> present) {
    if (present.contains(wanted)) {
      return Optional.of(wanted);
    }
    String full = WHOLE + "-" + wanted;
    return present.contains(full) ? Optional.of(full) : Optional.empty();
  }

  private static Matcher ending(String name) {
    Matcher matcher = ENDING.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalStateException("the pattern matches every text");
    }
    return matcher;
  }

  private static BigInteger number(String digits) {
    return digits.isEmpty() ? BigInteger.ONE.negate() : new BigInteger(digits);
  }
}
