package dovetail.milter.filter;

import dovetail.mail.Domain;
import dovetail.milter.filter.Disposition.Action;
import dovetail.milter.source.AuthorPattern;
import java.util.Optional;

/**
 * What the administrator wants to have done with some mail, whatever is enforced otherwise.
 *
 * @param authors whose mail; mail without one clear author is only that of every domain
 * @param concern for which reason; nothing for all failures of which the author's domain asks that
 *     something be done
 * @param action what is done
 */
public record ActionRow(AuthorPattern authors, Optional<Concern> concern, Action action) {
  /**
   * Why a row would not be safe, in words for the administrator.
   *
   * @return nothing if it is
   */
  public static Optional<String> objection(Optional<Concern> concern, Action action) {
    if (concern.isPresent()) {
      return concern.get().objection(action);
    }
    return action == Action.NONE
        ? Optional.of(
            "name the reason: without one it is for mail of lists, too, which all mail can be made"
                + " to look like; to take all mail of a domain, make it an exception")
        : Optional.empty();
  }

  /** Whether it is for mail of that author that has come to that. */
  boolean isFor(Optional<Domain> author, Concern found) {
    return concern.map(found::equals).orElseGet(found::isUsual)
        && (authors instanceof AuthorPattern.Any || author.filter(authors::matches).isPresent());
  }
}
