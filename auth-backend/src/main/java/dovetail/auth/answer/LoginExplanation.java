package dovetail.auth.answer;

import dovetail.auth.password.Refusal;
import dovetail.directory.AppPassword;
import dovetail.directory.login.Block;
import java.util.List;
import java.util.Optional;

/**
 * What would come of an account's logins, as far as that is known without a password.
 *
 * @param credentials all its passwords, its own first
 * @param doors the services that were asked about
 * @param keptOut who is kept out meanwhile
 */
public record LoginExplanation(List<Credential> credentials, List<Door> doors, KeptOut keptOut) {
  public LoginExplanation {
    credentials = List.copyOf(credentials);
    doors = List.copyOf(doors);
  }

  /**
   * A password, of which nothing is told but its scheme.
   *
   * @param app which one, if it is not the account's own
   * @param scheme in capitals; empty if it is none of those that we know
   * @param refusal why nothing can be compared with it; empty if something can
   * @param keys whether there are keys of SCRAM-SHA-256 beside it
   */
  public record Credential(
      Optional<AppPassword> app, String scheme, Optional<Refusal> refusal, boolean keys) {
    /** What people know it by. */
    public String name() {
      return app.map(AppPassword::label).orElse("password");
    }
  }

  /**
   * A service.
   *
   * @param service by the word that was asked for
   * @param code whether digits are wanted behind the account's own password
   * @param rulings of each password
   */
  public record Door(String service, boolean code, List<Ruling> rulings) {
    public Door {
      rulings = List.copyOf(rulings);
    }

    /** Whether some password opens it. */
    public boolean opens() {
      return rulings.stream().anyMatch(ruling -> ruling.reason().kind() == Reason.Kind.GRANTED);
    }
  }

  /** What comes of the right password at a service. */
  public record Ruling(Credential credential, Reason reason) {}

  /**
   * Who is kept out before his password is looked at.
   *
   * @param stranger by which block a client is that the account is not known to use
   * @param acquainted by which one it is that it has used; only a running service knows which it is
   * @param all those that have to do with the account or the client
   */
  public record KeptOut(Optional<Block> stranger, Optional<Block> acquainted, List<Block> all) {
    public KeptOut {
      all = List.copyOf(all);
    }
  }

  /** Whether some password opens some of the services, to a client of which nothing is known. */
  public boolean opens() {
    return keptOut.stranger().isEmpty() && doors.stream().anyMatch(Door::opens);
  }
}
