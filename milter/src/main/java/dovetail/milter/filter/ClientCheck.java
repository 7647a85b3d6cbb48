package dovetail.milter.filter;

import dovetail.dns.Questions;
import dovetail.iprev.IprevResult;
import dovetail.iprev.IprevVerifier;
import dovetail.spf.SpfClient;
import dovetail.spf.SpfResult;
import dovetail.spf.SpfVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a client as soon as it names a sender, and answered at the end of its message.
 */
final class ClientCheck {
  private final Outsider outsider;
  private final Questions.Task<IprevResult> iprev;
  private final Optional<Questions.Task<SpfResult>> sender;
  private final Optional<Questions.Task<SpfResult>> helo;

  /** Asks. */
  ClientCheck(Outsider outsider, Questions questions, IprevVerifier iprev, SpfVerifier spf) {
    SpfClient client = outsider.client();
    this.outsider = outsider;
    this.iprev = questions.ahead(() -> iprev.verify(client.address()));
    this.sender =
        outsider.returnPath().map(path -> questions.ahead(() -> spf.mailFrom(client, path)));
    // RFC 7208 2.3: wanted beside the sender; 2.4: of the null sender it is the only one.
    this.helo =
        outsider.hasHelo() || sender.isEmpty()
            ? Optional.of(questions.ahead(() -> spf.helo(client)))
            : Optional.empty();
  }

  /** Waits for what is not known yet. */
  ClientReport finish() {
    SpfClient client = outsider.client();
    List<SpfResult> spf = new ArrayList<>(2);
    sender.ifPresent(task ->
        spf.add(
            task.result()
                .orElseGet(
                    () -> SpfVerifier.timedOut(client, outsider.returnPath().orElseThrow()))));
    helo.ifPresent(
        task -> spf.add(task.result().orElseGet(() -> SpfVerifier.timedOut(client, ""))));
    return new ClientReport(
        Optional.empty(),
        Optional.empty(),
        Optional.of(iprev.result().orElseGet(() -> IprevResult.timedOut(client.address()))),
        spf);
  }
}
