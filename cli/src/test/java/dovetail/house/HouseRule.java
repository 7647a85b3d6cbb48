package dovetail.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * A rule, and the proof that it can fail.
 *
 * @param rule the rule
 * @param culprit what the report on the planted classes has to name
 * @param planted sources of classes that break the rule, in the packages where they would
 */
record HouseRule(ArchRule rule, String culprit, List<String> planted) {
  /** A rule that one class, {@code Planted}, breaks. */
  static HouseRule of(ArchRule rule, String planted) {
    return new HouseRule(rule, "Planted", List.of(planted));
  }

  /** A rule that one class, {@code Planted}, breaks with the help of others. */
  static HouseRule of(ArchRule rule, String planted, String... others) {
    List<String> sources = new java.util.ArrayList<>(List.of(others));
    sources.add(planted);
    return new HouseRule(rule, "Planted", sources);
  }

  /** What breaks the rule, a line each. */
  List<String> violations(JavaClasses classes) {
    return rule.evaluate(classes).getFailureReport().getDetails();
  }

  @Override
  public String toString() {
    return rule.getDescription();
  }
}
