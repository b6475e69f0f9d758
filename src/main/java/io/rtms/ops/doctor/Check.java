package io.rtms.ops.doctor;

import java.util.List;

/** Looks at one part of the configuration and of what the service stands on, without changing or starting anything. */
interface Check {
    /** What there is to say, good or bad. What it throws is a failure of this part. */
    List<Finding> findings() throws Exception;
}
