package dovetail.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SignalsTest {

  @Test
  void signalsArriveInTheQueue() throws Exception {
    BlockingQueue<Signals.Kind> arrived = new LinkedBlockingQueue<>();
    try (Signals _ = Signals.deliver(arrived::add)) {
      for (String[] each :
          new String[][] {{"HUP", "RELOAD"}, {"TERM", "TERMINATE"}, {"INT", "INTERRUPT"}}) {
        String pid = Long.toString(ProcessHandle.current().pid());
        assertThat(
                new ProcessBuilder("sh", "-c", "kill -s " + each[0] + " " + pid).start().waitFor())
            .isZero();
        assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo(Signals.Kind.valueOf(each[1]));
      }
    }
  }
}
