package io.rtms.simulator;

import io.rtms.event.StopReason;
import io.rtms.simulator.fault.ArmedFault;
import io.rtms.simulator.fault.Ending;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Moment;
import io.rtms.simulator.fault.On;
import io.rtms.simulator.fault.Refusal;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Breaks one stream on purpose: at once, or when a moment comes. For all threads; on event loops it does not block. */
final class Breaker {
    private static final Logger LOG = Logger.getLogger(SimulatedMeeting.class);

    private final SimulatedStream stream;
    private final Announcer announcer;
    private final Backstage backstage;
    private final ArmedFaults armed = new ArmedFaults();

    Breaker(SimulatedStream stream, Announcer announcer, Backstage backstage) {
        this.stream = stream;
        this.announcer = announcer;
        this.backstage = backstage;
    }

    /** False where it is applied at once and there is nothing that it is about. */
    boolean arm(ArmedFault fault) {
        if (fault.moment() == Moment.NOW) {
            boolean done = true;
            for (int i = 0; i < fault.times(); i++) {
                done &= apply(fault.fault());
            }
            return done;
        }
        int times = fault.times();
        if (fault.moment() == Moment.LIVE && stream.state() == WireState.ACTIVE) {
            apply(fault.fault());
            times--;
        }
        if (times > 0) {
            armed.add(new ArmedFault(fault.moment(), fault.fault(), times));
        }
        return true;
    }

    /** Breaks it now; false where there is nothing that this fault is about. */
    boolean apply(Fault fault) {
        return apply(fault, Optional.empty());
    }

    /** A moment has come. */
    void come(Moment moment) {
        armed.take(moment).forEach(this::apply);
    }

    /** A newcomer asks for a handshake, and is found by faults like connections that are there. */
    void come(Moment moment, Line newcomer) {
        armed.take(moment).forEach(fault -> apply(fault, Optional.of(newcomer)));
    }

    /** What an upgrade meets that leads to this handshake; empty where it is served. */
    Optional<Fault.Door> door(Moment handshake) {
        return armed.takeDoor(handshake);
    }

    private boolean apply(Fault fault, Optional<Line> newcomer) {
        LOG.debugf("Stream %s: %s", stream.identity().streamId(), fault);
        return switch (fault) {
            case Refusal refusal -> {
                stream.refusals().add(refusal);
                yield true;
            }
            case Fault.DropSignaling drop -> dropSignaling(drop, newcomer);
            case Fault.DropMedia drop -> dropMedia(drop, newcomer);
            case Fault.FailOver failOver -> failOver(failOver, newcomer);
            case Fault.Silence silence ->
                each(silence.on(), newcomer, line -> line.connection().beSilent(silence.how()));
            case Fault.KeepAlives pace ->
                each(pace.on(), newcomer, line -> line.connection().changeKeepAlive(pace.interval()));
            case Fault.CutMessage cut ->
                each(cut.on(), newcomer, line -> line.connection().cut(cut.then()));
            case Fault.Malformed malformed ->
                each(malformed.on(), newcomer, line -> BadMessages.send(malformed.form(), line));
            case Fault.HugeMessage huge ->
                each(huge.on(), newcomer, line -> BadMessages.sendHuge(huge.bytes(), line.connection()));
            case Fault.Unreachable unreachable -> {
                armed.add(new ArmedFault(Moment.NOW, unreachable));
                yield true;
            }
            case Fault.OddEnding ending -> {
                stream.endLike(ending);
                yield true;
            }
            case Fault.ExpireWindow expired -> expire(expired.how(), newcomer);
            case Fault.RepeatWebhook repeat -> announcer.repeat(repeat.which(), repeat.copies());
            case Fault.WebhookTrouble trouble -> {
                announcer.expect(trouble);
                yield true;
            }
            case Fault.RestartGateway restart -> {
                Thread.ofVirtual()
                        .name("simulator-fault")
                        .start(() -> backstage.restartGateway(restart.away(), restart.streamsSurvive()));
                yield true;
            }
        };
    }

    private boolean dropSignaling(Fault.DropSignaling drop, Optional<Line> newcomer) {
        boolean ended = end(newcomer.filter(Line::isSignaling), drop.how());
        return stream.lines().dropSignaling(drop.how(), drop.notice()) || ended;
    }

    private boolean dropMedia(Fault.DropMedia drop, Optional<Line> newcomer) {
        boolean ended = end(newcomer.filter(line -> line.media().contains(drop.medium())), drop.how());
        return stream.lines().dropMedia(drop.medium(), drop.how(), drop.told()) || ended;
    }

    private boolean failOver(Fault.FailOver failOver, Optional<Line> newcomer) {
        if (failOver.old() == Fault.OldServers.STAY) {
            newcomer.ifPresent(line -> line.connection().beSilent(Fault.Depth.MUTE));
        } else {
            end(newcomer, Ending.CLOSE_1001);
        }
        offEventLoop(() -> move(failOver));
        return true;
    }

    private void move(Fault.FailOver failOver) {
        try {
            String other = backstage.otherServer(stream.residence().server());
            stream.lines().moveTo(other, failOver.old());
            announcer.startedAgain(failOver.delay());
        } catch (IllegalStateException e) {
            LOG.errorf("The simulator has no other servers: %s", e.getMessage());
        }
    }

    private boolean expire(Ending how, Optional<Line> newcomer) {
        end(newcomer, how);
        stream.lines().dropAll(how);
        stream.stop(StopReason.AWAIT_RECONNECTION_TIMEOUT);
        return true;
    }

    private static boolean end(Optional<Line> newcomer, Ending how) {
        newcomer.ifPresent(line -> line.connection().end(how));
        return newcomer.isPresent();
    }

    private boolean each(On on, Optional<Line> newcomer, Consumer<Line> breaking) {
        List<Line> meant = new ArrayList<>(stream.lines().all());
        newcomer.ifPresent(meant::add);
        meant.removeIf(line -> !line.isMeant(on));
        meant.forEach(breaking);
        return !meant.isEmpty();
    }

    private static void offEventLoop(Runnable blocking) {
        if (Context.isOnEventLoopThread()) {
            Thread.ofVirtual().name("simulator-fault").start(blocking);
        } else {
            blocking.run();
        }
    }
}
