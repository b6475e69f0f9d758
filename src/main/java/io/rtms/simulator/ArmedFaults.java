package io.rtms.simulator;

import io.rtms.simulator.fault.ArmedFault;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Moment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Faults that wait for their moment; each is used up. For all threads. */
final class ArmedFaults {
    private static final class Charge {
        private final ArmedFault armed;
        private int left;

        Charge(ArmedFault armed) {
            this.armed = armed;
            this.left = armed.times();
        }
    }

    private final List<Charge> charges = new ArrayList<>();

    synchronized void add(ArmedFault fault) {
        charges.add(new Charge(fault));
    }

    /** All that are due at a moment, but for those that are due earlier, at the upgrade. */
    synchronized List<Fault> take(Moment moment) {
        return take(one -> one.moment() == moment && !(one.fault() instanceof Fault.Unreachable), Integer.MAX_VALUE);
    }

    /** What an upgrade meets that leads to this handshake. */
    synchronized Optional<Fault.Door> takeDoor(Moment handshake) {
        return take(
                        one -> one.fault() instanceof Fault.Unreachable
                                && (one.moment() == handshake || one.moment() == Moment.NOW),
                        1)
                .stream()
                .map(one -> ((Fault.Unreachable) one).how())
                .findFirst();
    }

    private List<Fault> take(Predicate<ArmedFault> due, int most) {
        List<Fault> taken = new ArrayList<>();
        Iterator<Charge> all = charges.iterator();
        while (all.hasNext() && taken.size() < most) {
            Charge charge = all.next();
            if (due.test(charge.armed)) {
                taken.add(charge.armed.fault());
                charge.left--;
                if (charge.left == 0) {
                    all.remove();
                }
            }
        }
        return taken;
    }
}
