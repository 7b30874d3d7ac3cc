package belfry.alarms;

import belfry.base.Bell;
import belfry.base.Pump;
import belfry.store.Store;
import belfry.trail.TrailRecorder;
import java.util.Set;

/** Keeps {@link Sightings} close behind the trail, so that an alarm finds little left to catch up with. */
public final class SightingPump implements Pump {
    private final Store store;
    /** How far was looked; ahead of the stored cursor where nothing was new, since that is not worth a commit. */
    private long read;

    public SightingPump(Store store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "alarms.sightings";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(TrailRecorder.RECORDED, Bell.RESET);
    }

    @Override
    public boolean step() {
        Sightings.Look look = store.read(tx -> Sightings.look(tx, read));
        if (look.worthWriting()) {
            boolean more = store.write(Sightings::follow);
            read = 0;
            return more || look.full();
        }
        read = look.last();
        return look.full();
    }
}
