package dovetail.house;

import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** How classes look: names, inheritance, static fields, nulls. */
final class FormRules {
  private FormRules() {}

  static List<HouseRule> all() {
    return List.of(
        name("Utils?", "PlantedUtils"),
        name("Helpers?", "PlantedHelper"),
        name("Impl", "PlantedImpl"),
        name("Managers?", "PlantedManager"),
        HouseRule.of(
            classes()
                .that()
                .areNotInterfaces()
                .should(beFinalOrSealed())
                .as("classes are final or sealed"),
            "package dovetail.mail; class Planted {}"),
        HouseRule.of(
            fields()
                .that(DescribedPredicate.describe("are ours and static", FormRules::ownStatic))
                .should()
                .beFinal()
                .as("static fields are final"),
            "package dovetail.mail; final class Planted { private static int count; }"),
        HouseRule.of(
            fields()
                .that(DescribedPredicate.describe("are ours and static", FormRules::ownStatic))
                .and()
                .arePublic()
                .should(holdNothingMutable())
                .as("what public static fields hold cannot be changed"),
            "package dovetail.mail; final class Planted {"
                + " public static final String[] NAMES = {}; }"),
        HouseRule.of(
            classes().should(liveInNullMarkedPackage()).as("every package is @NullMarked"),
            "package dovetail.planted; final class Planted {}"));
  }

  private static HouseRule name(String ending, String planted) {
    return new HouseRule(
        noClasses()
            .that()
            // systemd's own word for what it is to a service: sd_notify(3).
            .doNotHaveFullyQualifiedName("dovetail.observe.ServiceManager")
            .should()
            .haveNameMatching(".*" + ending)
            .as("no class is named *" + ending),
        planted,
        List.of("package dovetail.mail; final class " + planted + " {}"));
  }

  private static ArchCondition<JavaClass> beFinalOrSealed() {
    return new ArchCondition<>("be final or sealed") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        // Anonymous classes and constants of enums have no name to be extended by.
        boolean closed =
            type.getModifiers().contains(JavaModifier.FINAL)
                || type.isSealed()
                || type.isEnum()
                || type.isAnonymousClass();
        events.add(new SimpleConditionEvent(type, closed, type.getName() + " is open"));
      }
    };
  }

  private static boolean ownStatic(JavaField field) {
    return field.getModifiers().contains(JavaModifier.STATIC)
        && !modifier(JavaModifier.SYNTHETIC).test(field);
  }

  private static ArchCondition<JavaField> holdNothingMutable() {
    return new ArchCondition<>("hold nothing mutable") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        JavaClass type = field.getRawType();
        boolean fixed =
            !type.isArray()
                && !type.getName().startsWith("java.util.concurrent.atomic.")
                && !type.isAssignableTo(java.nio.Buffer.class)
                && !type.isAssignableTo(Appendable.class);
        events.add(new SimpleConditionEvent(field, fixed, field.getFullName() + " can be changed"));
      }
    };
  }

  private static ArchCondition<JavaClass> liveInNullMarkedPackage() {
    return new ArchCondition<>("live in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked =
            type.getPackage()
                .tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
        events.add(
            new SimpleConditionEvent(type, marked, type.getName() + " is in an unmarked package"));
      }
    };
  }
}
