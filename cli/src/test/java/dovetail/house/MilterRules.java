package dovetail.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import dovetail.milter.wire.Edit;
import dovetail.milter.wire.Reply;
import dovetail.server.Network;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Inside the milter: wire knows bytes, session knows order, filter knows meaning. */
final class MilterRules {
  private static final DescribedPredicate<JavaClass> DISK_OR_NET =
      resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
          .and(
              DescribedPredicate.not(
                  belongToAnyOf(InetAddress.class, Inet4Address.class, Inet6Address.class)));

  private MilterRules() {}

  static List<HouseRule> all() {
    return Stream.of(parts(), meaning()).flatMap(List::stream).toList();
  }

  private static List<HouseRule> parts() {
    return List.of(
        HouseRule.of(
            sees("wire", "dovetail.milter.wire.."),
            "package dovetail.milter.wire; final class Planted { dovetail.milter.filter.Mode m; }"),
        HouseRule.of(
            sees(
                "session",
                "dovetail.milter.session..",
                "dovetail.milter.wire..",
                "dovetail.milter.filter.."),
            "package dovetail.milter.session;"
                + " final class Planted { dovetail.milter.source.SigningKeys keys; }"),
        HouseRule.of(
            sees(
                "filter",
                "dovetail.milter.filter..",
                "dovetail.milter.wire..",
                "dovetail.milter.source.."),
            "package dovetail.milter.filter;"
                + " final class Planted { dovetail.milter.session.Transaction transaction; }",
            "package dovetail.milter.session; public final class Transaction {}"),
        HouseRule.of(
            sees("source", "dovetail.milter.source.."),
            "package dovetail.milter.source; final class Planted { dovetail.milter.filter.Mode m; }"));
  }

  private static List<HouseRule> meaning() {
    return List.of(
        HouseRule.of(
            filter(resideInAPackage("dovetail.milter.wire..").and(not(Edit.class, Reply.class)))
                .as("filter sees of wire only Edit and Reply"),
            "package dovetail.milter.filter;"
                + " final class Planted { dovetail.milter.wire.MilterCodec codec; }"),
        HouseRule.of(
            filter(
                    resideInAnyPackage(
                            "dovetail.server..",
                            "dovetail.http..",
                            "dovetail.config..",
                            "dovetail.observe..")
                        .and(not(Network.class)))
                .as("filter sees of the server only Network"),
            "package dovetail.milter.filter;"
                + " final class Planted { dovetail.server.Connection connection; }"),
        HouseRule.of(
            filter(DISK_OR_NET).as("filter sees neither files nor sockets"),
            "package dovetail.milter.filter; final class Planted {"
                + " boolean here(java.nio.file.Path path) { return path.isAbsolute(); } }"),
        HouseRule.of(
            noClasses()
                .that()
                .resideInAPackage("dovetail.milter..")
                .and()
                .resideOutsideOfPackage("dovetail.milter.source..")
                .should()
                .dependOnClassesThat(
                    nameMatching("java\\.(io\\.(File|RandomAccessFile).*|nio\\.file\\.Files)"))
                .as("only source reads key files"),
            "package dovetail.milter; final class Planted { byte[] key(java.nio.file.Path path)"
                + " throws Exception { return java.nio.file.Files.readAllBytes(path); } }"),
        new HouseRule(
            decision(),
            "SigningPolicy",
            List.of(
                "package dovetail.milter.filter; final class SigningPolicy {"
                    + " dovetail.milter.source.SigningKeys keys; }")));
  }

  /** What decides is a function of its report: it can neither look something up nor wait. */
  private static ArchRule decision() {
    return noClasses()
        .that()
        .haveNameMatching(
            "dovetail\\.milter\\.filter\\.(SigningPolicy|SigningReport|Decision|Reason"
                + "|ArchivePolicy|ArchiveReport|Archival)(\\$.*)?")
        .should()
        .dependOnClassesThat(
            DISK_OR_NET.or(
                resideInAnyPackage(
                    "dovetail.milter.source..",
                    "dovetail.milter.wire..",
                    "dovetail.milter.session..",
                    "java.util.concurrent..",
                    "java.time..",
                    "org.slf4j..")))
        .as("what decides is pure");
  }

  private static ArchRule sees(String part, String... allowed) {
    return noClasses()
        .that()
        .resideInAPackage("dovetail.milter." + part + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dovetail.milter..").and(resideOutsideOfPackages(allowed)))
        .as(part + " sees of the milter only " + String.join(", ", allowed));
  }

  private static ArchRule filter(DescribedPredicate<JavaClass> barred) {
    return noClasses()
        .that()
        .resideInAPackage("dovetail.milter.filter..")
        .should()
        .dependOnClassesThat(barred);
  }

  private static DescribedPredicate<JavaClass> not(Class<?>... types) {
    return DescribedPredicate.not(belongToAnyOf(types));
  }
}
