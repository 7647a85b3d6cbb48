package dovetail.milter.filter;

import dovetail.arc.ArcResult;
import dovetail.arc.ArcSet;
import dovetail.arc.ArcStatus;
import dovetail.authres.MethodResult;
import dovetail.authres.Reading;
import dovetail.dkim.DkimStatus;
import dovetail.dmarc.DmarcResult;
import dovetail.iprev.IprevResult;
import dovetail.mail.Domain;
import dovetail.milter.source.ExceptionTable;
import dovetail.server.Network;
import dovetail.spf.SpfIdentity;
import dovetail.spf.SpfResult;
import dovetail.spf.SpfStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds out whether a message is taken though it fails: somebody whom we believe has seen it pass,
 * or an administrator has made an exception. What its sender can write counts only together with a
 * domain that has been authenticated.
 *
 * @param sealers whose results in ARC are believed by the settings
 * @param exceptions those of the administrator
 */
record Vouching(Set<Domain> sealers, ExceptionTable exceptions) {
  /** Why it is taken; nothing if it is not. */
  Optional<Reason> reason(AuthReport report, Traces traces) {
    Optional<Domain> author = report.dmarc().flatMap(DmarcResult::author);
    if (isSealed(report.arc(), author, sealers::contains)) {
      return Optional.of(Reason.TRUSTED_SEALER);
    }
    if (author.filter(exceptions.authors()::contains).isPresent()) {
      return Optional.of(Reason.EXCEPTION_AUTHOR);
    }
    if (isExceptedClient(report.client())) {
      return Optional.of(Reason.EXCEPTION_CLIENT);
    }
    Optional<Domain> sender = authenticSender(report.client());
    if (sender.filter(exceptions.senders()::contains).isPresent()) {
      return Optional.of(Reason.EXCEPTION_SENDER);
    }
    if (isExceptedList(report, sender, traces)) {
      return Optional.of(Reason.EXCEPTION_LIST);
    }
    return isSealed(report.arc(), author, this::isSealer)
        ? Optional.of(Reason.EXCEPTION_SEALER)
        : Optional.empty();
  }

  private boolean isExceptedClient(ClientReport client) {
    return client
        .iprev()
        .map(IprevResult::address)
        .filter(address -> Network.anyContains(exceptions.clients(), address))
        .isPresent();
  }

  /** The domain of the return path, if the client may use it. */
  private static Optional<Domain> authenticSender(ClientReport client) {
    return client.spf().stream()
        .filter(result -> result.identity() == SpfIdentity.MAILFROM)
        .filter(result -> result.status() == SpfStatus.PASS)
        .findFirst()
        .flatMap(SpfResult::domain);
  }

  /**
   * Anybody can write a List-Id: it counts where the list's domain, or one above, vouches for it.
   */
  private boolean isExceptedList(AuthReport report, Optional<Domain> sender, Traces traces) {
    return traces
        .listName()
        .filter(exceptions.lists()::contains)
        .filter(list ->
            Stream.concat(sender.stream(), signers(report))
                .anyMatch(domain -> list.equals(domain) || list.isSubdomainOf(domain)))
        .isPresent();
  }

  private static Stream<Domain> signers(AuthReport report) {
    return report.dkim().stream()
        .filter(result -> result.status() == DkimStatus.PASS)
        .flatMap(result -> result.claims().domain().stream());
  }

  private boolean isSealer(Domain domain) {
    return sealers.contains(domain) || exceptions.sealers().contains(domain);
  }

  /**
   * Whether somebody whom we believe has seen the message pass. A chain is worth what its sealers
   * are, so from the newest set on only as far down as all of them are trusted (RFC 8617 10).
   */
  private static boolean isSealed(
      Optional<ArcResult> arc, Optional<Domain> author, Predicate<Domain> trusted) {
    List<ArcSet> sets =
        arc.filter(result -> result.status() == ArcStatus.PASS)
            .map(ArcResult::sets)
            .orElse(List.of());
    return sets.reversed().stream()
        .takeWhile(set -> trusted.test(set.sealer()))
        .anyMatch(set -> author.filter(domain -> saysPass(set.results(), domain)).isPresent());
  }

  private static boolean saysPass(Reading results, Domain author) {
    return results instanceof Reading.Parsed(var parsed)
        && parsed.results().stream().anyMatch(result -> isPass(result) && isAbout(result, author));
  }

  private static boolean isPass(MethodResult result) {
    return result.method().equals("dmarc") && result.result().equals("pass");
  }

  private static boolean isAbout(MethodResult result, Domain author) {
    return result
        .property("header", "from")
        .flatMap(Domain::parse)
        .filter(author::equals)
        .isPresent();
  }
}
