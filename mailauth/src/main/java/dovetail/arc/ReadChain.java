package dovetail.arc;

import dovetail.authres.Reading;
import dovetail.mail.HeaderField;
import java.util.List;

/** What the fields of ARC in one header are found to be. */
sealed interface ReadChain {
  /** No chain, or one that is broken before anything is computed. */
  record Settled(ArcResult result) implements ReadChain {}

  /** A chain as RFC 8617 5.2, step 3 wants it, the oldest set first. */
  record Whole(List<Link> links) implements ReadChain {
    /** Takes a copy of the list. */
    public Whole {
      links = List.copyOf(links);
    }

    /** The sets as they are told. */
    List<ArcSet> sets() {
      return links.stream().map(Link::set).toList();
    }
  }

  /**
   * One set.
   *
   * @param instance its place, from 1
   * @param results its ARC-Authentication-Results
   * @param signature its ARC-Message-Signature field
   * @param seal its ARC-Seal
   */
  record Link(int instance, Said results, HeaderField signature, Sealed seal) {
    ArcSet set() {
      Seal.Signer signer = seal.seal().signer();
      return new ArcSet(
          instance, signer.domain(), signer.selector(), seal.seal().cv(), results.reading());
    }

    /** The three fields in the order in which they are sealed (RFC 8617 5.1.1). */
    List<HeaderField> fields() {
      return List.of(results.field(), signature, seal.field());
    }
  }

  /** An ARC-Authentication-Results field, and what it says. */
  record Said(HeaderField field, Reading reading) {}

  /** An ARC-Seal field, and what it says. */
  record Sealed(HeaderField field, Seal seal) {}
}
