package dovetail.directory.search;

import static org.assertj.core.api.Assertions.assertThat;

import dovetail.directory.Directory;
import dovetail.directory.Town;
import dovetail.mail.Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What is refused is what Postfix could not expand, and nothing else. */
class AliasWalkProperties {
  /** The names of the addresses; those at the end have no alias. */
  private static final String NAMES = "abcdefghi";

  /**
   * Replaces addresses as Postfix's cleanup does it: the first target takes the place of the
   * address, the others go to the end of the list, until an address stands for itself or for
   * nothing. Nothing if that passes one of its limits.
   */
  private static Optional<List<Address>> expanded(Directory directory, Address address) {
    Expansions expansions = new Expansions(directory);
    List<Address> list = new ArrayList<>(List.of(address));
    Set<Address> itself = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      if (list.size() > 1_000) {
        return Optional.empty();
      }
      int nested = 0;
      while (!itself.contains(list.get(i))
          && expansions.of(AddressKey.of(list.get(i))) instanceof Expansion.To(var targets, _)) {
        if (nested++ >= 1_000) {
          return Optional.empty();
        }
        if (targets.contains(list.get(i))) {
          itself.add(list.get(i));
        }
        list.set(i, targets.getFirst());
        list.addAll(targets.subList(1, targets.size()));
      }
    }
    return Optional.of(list);
  }

  @Property(seed = "21", tries = 1_500)
  void refusesWhatPostfixCannotExpand(@ForAll("aliases") List<String> aliases) {
    StringBuilder town = new StringBuilder("domain h mailbox\ndomain n alias-of h\n");
    for (int i = 0; i < aliases.size(); i++) {
      town.append("alias ").append(NAMES.charAt(i)).append("@h ");
      for (char target : aliases.get(i).toCharArray()) {
        boolean elsewhere = Character.isUpperCase(target);
        town.append(Character.toLowerCase(target)).append(elsewhere ? "@n;" : "@h;");
      }
      town.append('\n');
    }
    Directory directory = Town.of(town.toString());
    Expansions expansions = new Expansions(directory);
    for (int i = 0; i < aliases.size(); i++) {
      Address address = Address.parse(NAMES.charAt(i) + "@h").orElseThrow();
      AddressKey key = AddressKey.of(address);
      if (!(expansions.of(key) instanceof Expansion.To to)) {
        throw new AssertionError(address + " has no alias in\n" + town);
      }
      Reach reach = expansions.behind(key, to);
      Optional<Set<Address>> ends = ends(reach);
      assertThat(ends)
          .as("%s of%n%s", address, town)
          .isEqualTo(expanded(directory, address).map(HashSet::new));
      Statistics.collect(ends.isPresent());
    }
  }

  private static Optional<Set<Address>> ends(Reach reach) {
    return switch (reach) {
      case Reach.Ends(List<AddressKey> ends, boolean cut) -> {
        assertThat(cut).isFalse();
        yield Optional.of(ends.stream().map(AddressKey::canonical).collect(Collectors.toSet()));
      }
      case Reach.Endless _ -> Optional.empty();
      case Reach.Unknown(String why) -> throw new AssertionError(why);
    };
  }

  /** For each of some names its targets; one in capitals is at another name of the domain. */
  @Provide
  Arbitrary<List<String>> aliases() {
    Arbitrary<String> targets =
        Arbitraries.strings()
            .withChars(NAMES + NAMES.toUpperCase(Locale.ROOT))
            .ofMinLength(1)
            .ofMaxLength(3);
    return targets.list().ofMinSize(1).ofMaxSize(7);
  }
}
