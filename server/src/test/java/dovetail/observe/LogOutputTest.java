package dovetail.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LogOutputTest {

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void linesOfManyThreadsAreWholeAndAllThere() throws InterruptedException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    LogOutput output = new LogOutput(written);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int number = t;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 1000; i++) {
                  output.write(line(number + " " + i + " " + "x".repeat(i % 50)));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    output.flush();

    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(8000);
    for (int t = 0; t < 8; t++) {
      String prefix = t + " ";
      List<String> own = lines.stream().filter(l -> l.startsWith(prefix)).toList();
      for (int i = 0; i < 1000; i++) {
        assertThat(own.get(i)).isEqualTo(prefix + i + " " + "x".repeat(i % 50));
      }
    }
  }

  @Test
  void whileOneWritesOthersGoOnAndFlushWaits() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    LogOutput output =
        new LogOutput(
            new OutputStream() {
              @Override
              public void write(int b) {
                throw new UnsupportedOperationException();
              }

              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                entered.countDown();
                try {
                  gate.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
                written.write(bytes, offset, length);
              }
            });
    Thread first = Thread.ofVirtual().start(() -> output.write(line("first")));
    entered.await();

    output.write(line("second"));
    assertThat(written.size()).isZero();
    gate.countDown();
    output.flush();

    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("first\nsecond\n");
    first.join();
  }

  @Test
  void aReaderThatTakesNothingCostsLinesButHoldsNobodyUp() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    LogOutput output =
        new LogOutput(
            new OutputStream() {
              @Override
              public void write(int b) {
                throw new UnsupportedOperationException();
              }

              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                entered.countDown();
                try {
                  gate.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
              }
            },
            Duration.ofMillis(10));
    Thread first = Thread.ofVirtual().start(() -> output.write(line("first")));
    entered.await();

    output.write(line("x".repeat(2_000_000)));
    assertThat(output.failures()).isZero();
    output.write(line("lost"));
    assertThat(output.failures()).isEqualTo(1);
    output.flush();
    gate.countDown();
    first.join();
  }

  @Test
  void aFailedWriteIsCountedAndDoesNotBlockTheNext() {
    LogOutput output =
        new LogOutput(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("no space");
              }
            });

    output.write(line("lost"));
    output.write(line("lost"));
    output.flush();

    assertThat(output.failures()).isEqualTo(2);
  }
}
