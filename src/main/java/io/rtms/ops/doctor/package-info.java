/** What {@code --check} looks at: the configuration, and all that the service stands on. */
package io.rtms.ops.doctor;
