/** What the rooms with HTTP doors share: errors as {@code application/problem+json}. Knows no other package. */
package io.rtms.http;
