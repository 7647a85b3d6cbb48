package dovetail.milter;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class MilterFuzzTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 6376, 8463})
  void survivesSpoiledConversations(long seed) throws Exception {
    new MilterFuzz(seed).run(20);
  }
}
