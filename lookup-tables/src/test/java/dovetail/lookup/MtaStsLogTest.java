package dovetail.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dovetail.lookup.mtasts.FetchFailure;
import dovetail.mail.Domain;
import dovetail.observe.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class MtaStsLogTest {
  private static final Domain DOMAIN = Domain.parse("a.example").orElseThrow();

  private final Logger logger = (Logger) LoggerFactory.getLogger("mta-sts");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Metrics metrics = new Metrics();
  private final AtomicLong nanos = new AtomicLong();
  private final MtaStsLog log = new MtaStsLog(metrics, nanos::get);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
  }

  @AfterEach
  void end() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
  }

  private List<String> said() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void saysEachThingOnceInAnHour() {
    log.refused(DOMAIN, FetchFailure.TLS, "no such name", false);
    log.refused(DOMAIN, FetchFailure.TLS, "no such name", false);
    log.refused(DOMAIN, FetchFailure.TIMEOUT, "", true);
    log.badRecord(DOMAIN, "two ids");
    log.unconfirmed(DOMAIN, "its record is gone");
    log.folder("x is ignored");
    assertThat(said())
        .containsExactly(
            "a.example: no policy: tls: no such name",
            "a.example: no policy: timeout; the one from before goes on",
            "a.example: no policy: its record: two ids",
            "a.example: its record is gone; the policy from before goes on",
            "x is ignored");
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    log.refused(DOMAIN, FetchFailure.TLS, "no such name", false);
    assertThat(said()).hasSize(6);
  }

  @Test
  void countsAll() {
    log.fetched(DOMAIN);
    log.fetched(DOMAIN);
    log.refused(DOMAIN, FetchFailure.TLS, "", false);
    log.refused(DOMAIN, FetchFailure.TLS, "", true);
    assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
        .contains("dovetail_mta_sts_fetches_total{outcome=\"fetched\"} 2.0")
        .contains("dovetail_mta_sts_fetches_total{outcome=\"tls\"} 2.0")
        .contains("dovetail_mta_sts_fetches_total{outcome=\"busy\"} 0.0");
  }

  @Test
  void showsWhereAFaultOfOursIs() {
    IllegalStateException fault = new IllegalStateException("planted");
    log.fault(DOMAIN, fault);
    log.fault(DOMAIN, fault);
    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.getFirst().getThrowableProxy().getMessage()).isEqualTo("planted");
  }
}
