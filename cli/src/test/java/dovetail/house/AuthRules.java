package dovetail.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Inside the auth daemon: wire knows octets, and neither order nor meaning; tokens no accounts. */
final class AuthRules {
  private AuthRules() {}

  static List<HouseRule> all() {
    return List.of(
        HouseRule.of(
            wire(resideInAPackage("dovetail..")
                    .and(
                        resideOutsideOfPackages(
                            "dovetail.auth.wire..",
                            "dovetail.server.io..",
                            "dovetail.observe..",
                            "dovetail.mail..")))
                .as("wire sees of ours only frames, JSON and what text is"),
            "package dovetail.auth.wire; final class Planted {"
                + " dovetail.auth.password.Argon2id hash; }"),
        HouseRule.of(
            wire(resideInAnyPackage(
                    "java.net..", "java.nio.file..", "java.nio.channels..", "org.slf4j.."))
                .as("wire sees neither sockets nor files nor the log"),
            "package dovetail.auth.wire; final class Planted {"
                + " java.net.InetAddress address; }"),
        HouseRule.of(
            noClasses()
                .that()
                .resideInAPackage("dovetail.auth.wire.sasl..")
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage("dovetail.server.io..", "java.io..", "java.security.."))
                .as("messages of SASL are neither read from anywhere nor checked"),
            "package dovetail.auth.wire.sasl; final class Planted {"
                + " java.security.MessageDigest digest; }"),
        HouseRule.of(
            noClasses()
                .that()
                .resideInAPackage("dovetail.auth.token..")
                .should()
                .dependOnClassesThat(
                    resideInAPackage("dovetail..")
                        .and(
                            resideOutsideOfPackages(
                                "dovetail.auth.token..", "dovetail.auth.password..")))
                .as("tokens see of ours only what a secret is"),
            "package dovetail.auth.token; final class Planted {"
                + " dovetail.auth.answer.Login login; }"));
  }

  private static ArchRule wire(DescribedPredicate<JavaClass> barred) {
    return noClasses()
        .that()
        .resideInAPackage("dovetail.auth.wire..")
        .should()
        .dependOnClassesThat(barred);
  }
}
