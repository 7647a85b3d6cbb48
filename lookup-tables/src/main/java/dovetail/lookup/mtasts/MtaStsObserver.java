package dovetail.lookup.mtasts;

import dovetail.mail.Domain;

/** Sees what becomes of policies, to count and to log it. Called on any thread, never to block. */
public interface MtaStsObserver {
  /** A policy has been fetched. */
  void fetched(Domain domain);

  /**
   * A policy could not be fetched.
   *
   * @param detail more about it; may be empty
   * @param held whether one that was fetched before goes on
   */
  void refused(Domain domain, FetchFailure why, String detail, boolean held);

  /**
   * What a domain has in its DNS is no record of a policy.
   *
   * @param why in fixed words
   */
  void badRecord(Domain domain, String why);

  /** The record of a policy that holds yet cannot be looked up, or is gone. */
  void unconfirmed(Domain domain, String why);

  /** A fault of ours while a policy was looked for. */
  void fault(Domain domain, Throwable cause);

  /**
   * The folder of policies could not be used, or has something that is no policy.
   *
   * @param what the file, and what is wrong with it
   */
  void folder(String what);
}
