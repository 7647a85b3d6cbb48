package dovetail.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What nobody calls, or only some: the clock, chance, standard output. References count, too. */
final class CallRules {
  private static final String[] WIRING = {"dovetail.serve", "dovetail.cli"};

  private CallRules() {}

  static List<HouseRule> all() {
    return Stream.of(passedIn(), barred()).flatMap(List::stream).toList();
  }

  private static List<HouseRule> passedIn() {
    return List.of(
        time(
            "java.lang.System.currentTimeMillis",
            "long at() { return System.currentTimeMillis(); }"),
        time("java.lang.System.nanoTime", "java.util.function.LongSupplier at = System::nanoTime;"),
        time("java.time.\\w+.now", "java.time.Instant at = java.time.Instant.now();"),
        time(
            "java.time.InstantSource.system",
            "java.time.InstantSource at = java.time.InstantSource.system();"),
        time(
            "java.time.Clock.(system|tick)\\w*",
            "java.time.Clock at = java.time.Clock.systemUTC();"),
        time("java.util.Date.<init>", "java.util.Date at = new java.util.Date();"),
        chance("java.util.Random.<init>", "java.util.Random any = new java.util.Random();"),
        chance(
            "java.security.SecureRandom.(<init>|getInstance\\w*)",
            "java.util.function.Supplier<?> any = java.security.SecureRandom::new;"),
        chance(
            "java.util.concurrent.ThreadLocalRandom.current",
            "int any = java.util.concurrent.ThreadLocalRandom.current().nextInt();"),
        chance("java.lang.Math.random", "double any = Math.random();"),
        chance("java.util.UUID.randomUUID", "java.util.UUID any = java.util.UUID.randomUUID();"));
  }

  private static List<HouseRule> barred() {
    return List.of(
        HouseRule.of(
            noClasses()
                .that()
                // What accept(2) lacks (descriptors, memory) announces its return to nobody.
                .doNotHaveFullyQualifiedName("dovetail.server.Acceptor")
                .should()
                .accessTargetWhere(target("java.lang.Thread.sleep"))
                .as("nobody sleeps but the Acceptor after a failed accept(2)"),
            "package dovetail.milter; final class Planted {"
                + " void nap() throws InterruptedException { Thread.sleep(1); } }"),
        HouseRule.of(
            noClasses()
                .that()
                .resideOutsideOfPackage("dovetail.cli")
                .and()
                .haveNameNotMatching("dovetail\\.observe\\.(LogOutput|LogbackStart)")
                .should()
                .accessTargetWhere(target("java.(lang.System.(out|err)|io.FileDescriptor.\\w+)"))
                .as("only commands and the log write to standard output"),
            "package dovetail.serve; final class Planted { void say() { System.err.println(); } }"),
        HouseRule.of(
            noClasses()
                .should()
                .accessTargetWhere(target(".*.printStackTrace"))
                .as("nobody prints a stack trace past the log"),
            "package dovetail.serve; final class Planted {"
                + " void say(Exception e) { e.printStackTrace(); } }"),
        HouseRule.of(
            noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dovetail.cli.Main")
                .should()
                .accessTargetWhere(target("java.lang.(System|Runtime).(exit|halt)"))
                .as("only Main ends the process"),
            "package dovetail.cli; final class Planted { void end() { System.exit(1); } }"),
        HouseRule.of(
            noClasses()
                .that()
                .resideOutsideOfPackages("dovetail.dkim", "dovetail.milter.source")
                .should()
                .accessTargetWhere(target("dovetail.dkim.DkimKey.read"))
                .as("only source reads key files"),
            "package dovetail.serve; final class Planted { Object key(java.nio.file.Path path)"
                + " throws Exception { return dovetail.dkim.DkimKey.read(path); } }"),
        HouseRule.of(
            noClasses()
                .should()
                .accessTargetWhere(target("org.bouncycastle.*.(sign|generateSignature)"))
                .as("Bouncy Castle's keys sign nothing"),
            "package dovetail.dkim; final class Planted { void sign("
                + "org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters key) {"
                + " key.sign(0, null, null, 0, 0, null, 0); } }"));
  }

  private static HouseRule time(String target, String planted) {
    return wiringOnly("time is passed in", target, planted);
  }

  private static HouseRule chance(String target, String planted) {
    return wiringOnly("chance is passed in", target, planted);
  }

  private static HouseRule wiringOnly(String why, String target, String planted) {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackages(WIRING)
            .should()
            .accessTargetWhere(target(target))
            .as(why + ": only the wiring calls " + target);
    return HouseRule.of(rule, "package dovetail.mail; final class Planted { " + planted + " }");
  }

  /** Calls, references and field reads, by {@code owner.name}; dots are dots. */
  private static DescribedPredicate<JavaAccess<?>> target(String name) {
    Pattern pattern = Pattern.compile(name.replaceAll("\\.(?![*+])", "\\\\."));
    return DescribedPredicate.describe(
        "the target is " + name,
        access ->
            pattern
                .matcher(access.getTargetOwner().getName() + "." + access.getTarget().getName())
                .matches());
  }
}
