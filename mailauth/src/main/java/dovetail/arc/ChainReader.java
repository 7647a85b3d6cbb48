package dovetail.arc;

import dovetail.arc.ReadChain.Link;
import dovetail.arc.ReadChain.Said;
import dovetail.arc.ReadChain.Sealed;
import dovetail.authres.ArcAuthenticationResults;
import dovetail.dkim.SignatureTags;
import dovetail.mail.HeaderField;
import dovetail.mail.MalformedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the fields of ARC in one header, and joins them to sets (RFC 8617 5.2, steps 1 to 3). */
final class ChainReader {
  static final String RESULTS = ArcAuthenticationResults.FIELD;
  static final String SIGNATURE = "ARC-Message-Signature";
  static final String SEAL = "ARC-Seal";

  /** Fields in one set. */
  static final int FIELDS = 3;

  /** Octets of all fields, many times those of fifty honest sets: each seal hashes most of them. */
  static final int MAX_OCTETS = 1024 * 1024;

  private final int maxSets;
  private final Map<Integer, Said> results = new HashMap<>();
  private final Map<Integer, HeaderField> signatures = new HashMap<>();
  private final Map<Integer, Sealed> seals = new HashMap<>();
  private Optional<Problem> problem = Optional.empty();
  private int highest;

  /** What is wrong first. */
  private record Problem(ArcReason reason, String detail, OptionalInt place) {}

  private ChainReader(int maxSets) {
    this.maxSets = maxSets;
  }

  /** Whether a field has one of the three names. */
  static boolean isPart(HeaderField field) {
    return field.is(SEAL) || field.is(SIGNATURE) || field.is(RESULTS);
  }

  /**
   * Reads a chain.
   *
   * @param fields those of the three names
   */
  static ReadChain read(List<HeaderField> fields, int maxSets) {
    ChainReader reader = new ChainReader(maxSets);
    if (fields.isEmpty()) {
      return reader.settled(ArcReason.NO_SETS, "", OptionalInt.empty());
    }
    if (fields.size() > FIELDS * maxSets) {
      return reader.settled(ArcReason.TOO_MANY_SETS, "", OptionalInt.empty());
    }
    if (fields.stream().mapToLong(HeaderField::length).sum() > MAX_OCTETS) {
      return reader.settled(ArcReason.TOO_LONG, "", OptionalInt.empty());
    }
    fields.forEach(reader::add);
    return reader.chain();
  }

  private void add(HeaderField field) {
    if (field.is(RESULTS)) {
      addResults(field);
    } else if (field.is(SIGNATURE)) {
      addSignature(field);
    } else {
      addSeal(field);
    }
  }

  /** What stands behind the instance may be anything: the chain does not depend on it. */
  private void addResults(HeaderField field) {
    ArcAuthenticationResults.parse(field)
        .ifPresentOrElse(
            said -> {
              highest = Math.max(highest, said.position());
              put(results, said.position(), new Said(field, said.results()), RESULTS);
            },
            () -> wrong(ArcReason.RESULTS_MALFORMED, "no instance", OptionalInt.empty()));
  }

  /** Only the newest is checked (RFC 8617 5.2, step 4); of others the instance is enough. */
  private void addSignature(HeaderField field) {
    try {
      put(signatures, instance(SignatureTags.parse(field)), field, SIGNATURE);
    } catch (MalformedException e) {
      wrong(ArcReason.SIGNATURE_MALFORMED, e.reason(), OptionalInt.empty());
    }
  }

  private void addSeal(HeaderField field) {
    OptionalInt place = OptionalInt.empty();
    try {
      SignatureTags tags = SignatureTags.parse(field);
      int instance = instance(tags);
      place = OptionalInt.of(instance);
      put(seals, instance, new Sealed(field, Seal.of(tags)), SEAL);
    } catch (MalformedException e) {
      wrong(ArcReason.SEAL_MALFORMED, e.reason(), place);
    }
  }

  private int instance(SignatureTags tags) throws MalformedException {
    int instance =
        ArcAuthenticationResults.position(tags.require("i"))
            .orElseThrow(() -> SignatureTags.malformed("i= is no instance"));
    highest = Math.max(highest, instance);
    return instance;
  }

  private <T> void put(Map<Integer, T> found, int instance, T part, String name) {
    if (instance > maxSets) { // RFC 8617 4.2.1
      wrong(ArcReason.TOO_MANY_SETS, "", OptionalInt.of(instance));
    } else if (found.putIfAbsent(instance, part) != null) {
      wrong(ArcReason.FIELD_REPEATED, name, OptionalInt.of(instance));
    }
  }

  private void wrong(ArcReason reason, String detail, OptionalInt place) {
    if (problem.isEmpty()) {
      problem = Optional.of(new Problem(reason, detail, place));
    }
  }

  private ReadChain chain() {
    boolean brokenBefore =
        Optional.ofNullable(seals.get(highest))
            .filter(newest -> newest.seal().cv() == ChainValidation.FAIL)
            .isPresent();
    if (brokenBefore) { // RFC 8617 5.2, step 2: what is wrong below is known
      return settled(ArcReason.BROKEN_BEFORE, "", OptionalInt.of(highest));
    }
    List<Link> links = new ArrayList<>();
    for (int instance = 1; instance <= highest && problem.isEmpty(); instance++) {
      link(instance).ifPresent(links::add);
    }
    return problem
        .<ReadChain>map(wrong -> settled(wrong.reason(), wrong.detail(), wrong.place()))
        .orElseGet(() -> new ReadChain.Whole(links));
  }

  /** The set of that instance, if there is nothing wrong with it. */
  private Optional<Link> link(int instance) {
    Optional<Said> said = part(results, instance, RESULTS);
    Optional<HeaderField> signature = part(signatures, instance, SIGNATURE);
    Optional<Sealed> sealed = part(seals, instance, SEAL);
    if (said.isEmpty() || signature.isEmpty() || sealed.isEmpty()) {
      return Optional.empty();
    }
    ChainValidation cv = sealed.get().seal().cv();
    if (cv != ChainValidation.expected(instance)) {
      wrong(ArcReason.WRONG_CV, "cv=" + cv.tag(), OptionalInt.of(instance));
    }
    return Optional.of(new Link(instance, said.get(), signature.get(), sealed.get()));
  }

  private <T> Optional<T> part(Map<Integer, T> found, int instance, String name) {
    Optional<T> part = Optional.ofNullable(found.get(instance));
    if (part.isEmpty()) {
      wrong(ArcReason.FIELD_MISSING, name, OptionalInt.of(instance));
    }
    return part;
  }

  private ReadChain settled(ArcReason reason, String detail, OptionalInt place) {
    return new ReadChain.Settled(new ArcResult(reason, detail, place, highest, List.of()));
  }
}
