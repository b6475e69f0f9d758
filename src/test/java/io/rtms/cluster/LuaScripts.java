package io.rtms.cluster;

import io.rtms.cluster.RedisModel.ErrorAnswer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;
import org.luaj.vm2.lib.jse.JsePlatform;

/** Scripts of {@link RedisModel}, run as Redis runs them. For one thread at a time. */
final class LuaScripts {
    private final BiFunction<String, List<String>, Object> redis;
    private final Globals globals = JsePlatform.standardGlobals();
    private final Map<String, LuaValue> known = new HashMap<>();

    /** @param redis runs the commands of scripts */
    LuaScripts(BiFunction<String, List<String>, Object> redis) {
        this.redis = redis;
        LuaTable library = new LuaTable();
        library.set("call", new Call(true));
        library.set("pcall", new Call(false));
        globals.set("redis", library);
        globals.get("string").set("format", new Format());
    }

    /** EVAL. */
    Object eval(List<String> arguments) {
        String sha = Script.sha(arguments.getFirst());
        known.computeIfAbsent(sha, name -> globals.load(arguments.getFirst(), name));
        return run(sha, arguments);
    }

    /** EVALSHA. */
    Object evalSha(List<String> arguments) {
        return run(arguments.getFirst(), arguments);
    }

    private Object run(String sha, List<String> arguments) {
        LuaValue script = known.get(sha);
        if (script == null) {
            throw new ErrorAnswer("NOSCRIPT No matching script. Please use EVAL.");
        }
        int keys = Integer.parseInt(arguments.get(1));
        globals.set("KEYS", table(arguments.subList(2, 2 + keys)));
        globals.set("ARGV", table(arguments.subList(2 + keys, arguments.size())));
        try {
            return fromLua(script.call());
        } catch (LuaError e) {
            throw new ErrorAnswer("ERR " + e.getMessage());
        }
    }

    private static LuaTable table(List<String> texts) {
        LuaTable table = new LuaTable(texts.size(), 0);
        for (int i = 0; i < texts.size(); i++) {
            table.set(i + 1, LuaValue.valueOf(texts.get(i)));
        }
        return table;
    }

    /** redis.call, which fails, and redis.pcall, which returns what failed. */
    private final class Call extends VarArgFunction {
        private final boolean fails;

        Call(boolean fails) {
            this.fails = fails;
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            List<String> texts = new ArrayList<>();
            for (int i = 2; i <= arguments.narg(); i++) {
                texts.add(arguments.arg(i).tojstring());
            }
            try {
                return toLua(redis.apply(arguments.checkjstring(1), texts));
            } catch (ErrorAnswer e) {
                if (fails) {
                    throw new LuaError(e.getMessage());
                }
                LuaTable error = new LuaTable();
                error.set("err", e.getMessage());
                return error;
            }
        }
    }

    /** The interpreter's own has no %.0f. */
    private static final class Format extends VarArgFunction {
        @Override
        public Varargs invoke(Varargs arguments) {
            if (!arguments.checkjstring(1).equals("%.0f")) {
                throw new LuaError("no format but %.0f is known here");
            }
            return LuaValue.valueOf(BigDecimal.valueOf(arguments.checkdouble(2))
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .toPlainString());
        }
    }

    private static LuaValue toLua(Object answer) {
        return switch (answer) {
            case null -> LuaValue.FALSE;
            case Long number -> LuaValue.valueOf(number);
            case Boolean ok -> status();
            case List<?> list -> {
                LuaTable table = new LuaTable(list.size(), 0);
                for (int i = 0; i < list.size(); i++) {
                    table.set(i + 1, toLua(list.get(i)));
                }
                yield table;
            }
            default -> LuaValue.valueOf(answer.toString());
        };
    }

    private static LuaValue status() {
        LuaTable status = new LuaTable();
        status.set("ok", "OK");
        return status;
    }

    /** A table ends with its first nil, a number loses what is behind its point. */
    private static Object fromLua(LuaValue value) {
        if (value.type() == LuaValue.TSTRING) {
            return value.tojstring();
        }
        if (value.isnumber()) {
            return (long) value.todouble();
        }
        if (value.isboolean()) {
            return value.toboolean() ? 1L : null;
        }
        if (!value.istable()) {
            return null;
        }
        List<Object> list = new ArrayList<>();
        for (int i = 1; !value.get(i).isnil(); i++) {
            list.add(fromLua(value.get(i)));
        }
        return list;
    }
}
