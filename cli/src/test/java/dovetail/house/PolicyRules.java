package dovetail.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import dovetail.policy.wire.Attribute;
import dovetail.policy.wire.Reply;
import dovetail.policy.wire.Request;
import dovetail.policy.wire.Stage;
import dovetail.server.Network;
import java.util.List;

/** Inside the policy daemon: wire knows bytes, rule knows meaning, source the store. */
final class PolicyRules {
  private PolicyRules() {}

  static List<HouseRule> all() {
    return List.of(
        HouseRule.of(
            part(
                    "wire",
                    resideInAPackage("dovetail.policy..")
                        .and(resideOutsideOfPackages("dovetail.policy.wire..")))
                .as("wire sees nothing else of the policy daemon"),
            "package dovetail.policy.wire; final class Planted {"
                + " dovetail.policy.rule.Reason why; }"),
        HouseRule.of(
            part(
                    "rule",
                    resideInAPackage("dovetail.policy..")
                        .and(resideOutsideOfPackages("dovetail.policy.rule.."))
                        .and(
                            DescribedPredicate.not(
                                belongToAnyOf(
                                    Attribute.class, Reply.class, Request.class, Stage.class))))
                .as("rule sees of the policy daemon only what was asked and is answered"),
            "package dovetail.policy.rule; final class Planted {"
                + " dovetail.policy.wire.PolicyCodec codec; }"),
        HouseRule.of(
            part(
                    "rule",
                    resideInAnyPackage(
                            "dovetail.server..",
                            "dovetail.http..",
                            "dovetail.config..",
                            "dovetail.observe..")
                        .and(DescribedPredicate.not(belongToAnyOf(Network.class))))
                .as("rule sees of the server only Network"),
            "package dovetail.policy.rule; final class Planted {"
                + " dovetail.server.Connection connection; }"),
        HouseRule.of(
            part("rule", resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels.."))
                .as("rule sees neither files nor sockets"),
            "package dovetail.policy.rule; final class Planted {"
                + " boolean here(java.nio.file.Path path) { return path.isAbsolute(); } }"),
        HouseRule.of(
            noClasses()
                .that()
                .resideInAPackage("dovetail.policy..")
                .and()
                .resideOutsideOfPackage("dovetail.policy.source..")
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(
                        "dovetail.directory..",
                        "dovetail.keys..",
                        "dovetail.ledger..",
                        "dovetail.store.."))
                .as("of the policy daemon only source sees what is stored, counters aside"),
            "package dovetail.policy.rule; final class Planted {"
                + " dovetail.directory.Directory all; }"));
  }

  private static ArchRule part(String part, DescribedPredicate<JavaClass> barred) {
    return noClasses()
        .that()
        .resideInAPackage("dovetail.policy." + part + "..")
        .should()
        .dependOnClassesThat(barred);
  }
}
