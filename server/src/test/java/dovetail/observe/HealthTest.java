package dovetail.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final Health health = new Health();

  private String json() {
    return new String(health.json(), StandardCharsets.UTF_8);
  }

  @Test
  void isUpWhenEveryPartIs() {
    Health.Component milter = health.component("milter");
    Health.Component dns = health.component("dns");
    assertThat(health.status()).isEqualTo(503);

    assertThat(json()).contains("\"milter\":{\"status\":\"starting\"}");

    milter.up("");
    assertThat(health.status()).isEqualTo(503);
    dns.up("2 servers");
    assertThat(health.status()).isEqualTo(200);
    assertThat(json())
        .isEqualTo(
            "{\"status\":\"up\",\"components\":{\"dns\":{\"status\":\"up\",\"text\":\"2"
                + " servers\"},\"milter\":{\"status\":\"up\"}}}\n");

    dns.down("no\nanswer");
    assertThat(health.status()).isEqualTo(503);
    assertThat(json()).contains("\"status\":\"down\",\"components\"").contains("no\\nanswer");
  }

  @Test
  void aPartIsAskedForTwiceWithoutHarm() {
    health.component("milter").up("");
    health.component("milter");

    assertThat(health.status()).isEqualTo(200);
  }

  @Test
  void metricsAreText() {
    Metrics metrics = new Metrics();
    ProcessMetrics.register(metrics, "1.2.3", System::nanoTime);
    metrics.counter("dovetail_messages", "Messages.", "action").labelValues("signed").inc(2);

    String text = new String(metrics.text(), StandardCharsets.UTF_8);
    assertThat(text)
        .contains("dovetail_build_info{version=\"1.2.3\"} 1.0\n")
        .contains("dovetail_messages_total{action=\"signed\"} 2.0\n")
        .containsPattern("(?m)^process_open_fds [1-9][0-9.E]*$")
        .containsPattern("(?m)^process_threads [1-9][0-9.E]*$")
        .containsPattern("(?m)^process_resident_memory_bytes [1-9][0-9.E]*$")
        .containsPattern("(?m)^jvm_memory_heap_used_bytes [1-9][0-9.E]*$");
  }
}
