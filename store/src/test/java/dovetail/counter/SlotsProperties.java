package dovetail.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SlotsProperties {
  /** They are a map of which the oldest and the newest can be forgotten. */
  @Property(seed = "20261129", tries = 2_000)
  void areASortedMap(
      @ForAll @Size(max = 60) List<@IntRange(max = 99_999) Integer> steps,
      @ForAll @IntRange(min = -70_000, max = 70_000) int base) {
    Slots slots = new Slots();
    NavigableMap<Long, Long> model = new TreeMap<>();
    for (int step : steps) {
      long slot = base + step / 100L % 100;
      long amount = step / 10_000L - 3;
      switch (step % 8) {
        case 0 -> {
          slots.forgetBefore(slot);
          model.headMap(slot).clear();
        }
        case 1 -> {
          slots.forgetAfter(slot);
          model.tailMap(slot, false).clear();
        }
        case 2 -> {
          slots.foldAfter(slot, slot - 1);
          long sum = sum(model, slot + 1);
          model.tailMap(slot, false).clear();
          model.merge(slot - 1, sum, Long::sum);
        }
        case 3 -> {
          slots.put(slot, amount);
          model.put(slot, amount);
        }
        default -> {
          slots.add(slot, amount);
          model.merge(slot, amount, Long::sum);
        }
      }
      model.values().removeIf(value -> value == 0);
      TreeMap<Long, Long> found = new TreeMap<>();
      for (int place = 0; place < slots.size(); place++) {
        found.put(slots.slot(place), slots.value(place));
      }
      assertThat(found).isEqualTo(model).hasSize(slots.size());
      assertThat(slots.get(slot)).isEqualTo(model.getOrDefault(slot, 0L));
      assertThat(slots.sumFrom(slot)).isEqualTo(sum(model, slot));
    }
  }

  private static long sum(NavigableMap<Long, Long> model, long from) {
    return model.tailMap(from).values().stream().mapToLong(Long::longValue).sum();
  }
}
