package dovetail.dkim;

import dovetail.mail.HeaderField;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Canonicalizing the header fields of one message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HeaderBenchmark {
  @Param public Canonicalization canonicalization = Canonicalization.RELAXED;

  private final List<HeaderField> fields =
      List.of(
          HeaderField.of("From", " Joe User <joe@demo.example>"),
          HeaderField.of("To", " Ann Other <ann@sink.example>,\r\n\tBob Third <bob@sink.example>"),
          HeaderField.of(
              "Subject", " A message of the   usual kind, with a subject that folds\r\n once"),
          HeaderField.of("Date", " Mon, 05 Jan 2026 10:00:00 +0000"),
          HeaderField.of("Message-ID", " <20260105100000.4711@demo.example>"),
          HeaderField.of("MIME-Version", " 1.0"),
          HeaderField.of("Content-Type", " text/plain; charset=us-ascii"),
          HeaderField.of(
              "References", " <1@demo.example>\r\n <2@demo.example>\r\n <3@demo.example>"));

  @Benchmark
  public void header(Blackhole hole) {
    for (HeaderField field : fields) {
      hole.consume(canonicalization.header(field));
    }
  }
}
