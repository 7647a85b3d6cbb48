package dovetail.cli;

import dovetail.keys.StoredKey;
import dovetail.mail.Domain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dovetail dkim retire}. */
@Command(
    name = "retire",
    description = {
      "Has a key of the database sign no more, and says how long its record is still needed.",
      "With --remove the key is forgotten: one that is pending, or that was retired before."
    })
final class DkimRetireCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ConfigOption config;

  @Mixin StoredKeyName name;

  @Option(names = "--remove", description = "Forget a key that does not sign.")
  boolean remove;

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    Domain owner = name.owner();
    String selector = name.selector;
    StoreAccess access = new StoreAccess(config);
    if (remove) {
      access.with(store -> {
        store.keys().remove(owner, selector, StoreAccess.actor());
        return true;
      });
      return Exit.GOOD.status();
    }
    access.with(store -> {
      store.keys().retire(owner, selector, StoreAccess.actor());
      return true;
    });
    StoredKey retired = DkimKeys.stored(access, owner, selector);
    if (json) {
      JsonOutput.write(spec.commandLine().getOut(), out -> KeyOutcomes.writeRetired(out, retired));
    } else {
      spec.commandLine().getOut().println(KeyOutcomes.retired(retired));
    }
    return Exit.GOOD.status();
  }
}
