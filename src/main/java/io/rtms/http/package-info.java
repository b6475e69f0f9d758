/** What the rooms with HTTP doors share: errors as {@code application/problem+json}, and bodies that are read with care. Knows no other package. */
package io.rtms.http;
