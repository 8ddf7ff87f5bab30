package main

import (
	"hash/fnv"
	"strconv"
	"strings"

	"github.com/anishathalye/porcupine"
)

// An operation and, once it returned, its answer. What never returned has an answer that is unknown.
type call struct {
	f       string
	process int
	a, b    int
	key     string
	text    string
}

type answer struct {
	known  bool
	ok     bool // of a compare-and-set
	value  int  // of a read; none is absent
	text   string
	absent bool
}

const none = -1 << 40

// Reads, writes and compare-and-sets; a failed one saw another value.
var register = porcupine.Model{
	Init: func() interface{} { return none },
	Step: func(state, input, output interface{}) (bool, interface{}) {
		now, in, out := state.(int), input.(call), output.(answer)
		switch in.f {
		case "write":
			return true, in.a
		case "cas":
			if now == in.a {
				return !out.known || out.ok, in.b
			}
			return !out.known || !out.ok, now
		}
		return !out.known || (out.absent && now == none) || (!out.absent && now == out.value), now
	},
}

var lock = porcupine.Model{
	Init: func() interface{} { return none },
	Step: func(state, input, output interface{}) (bool, interface{}) {
		now, in := state.(int), input.(call)
		if in.f == "acquire" {
			return now == none, in.process
		}
		return now == in.process, none
	},
}

// One element of a set: 0 out, 1 in.
var element = porcupine.Model{
	PartitionEvent: partition(func(c call) string { return strconv.Itoa(c.a) }),
	Init:           func() interface{} { return 0 },
	Step: func(state, input, output interface{}) (bool, interface{}) {
		now, in, out := state.(int), input.(call), output.(answer)
		switch in.f {
		case "insert":
			return !out.known || out.ok == (now == 0), 1
		case "remove":
			return !out.known || out.ok == (now == 1), 0
		}
		return !out.known || out.ok == (now == 1), now
	},
}

// A queue or stack; the state is its elements, each with a comma behind it.
func ends(last bool) porcupine.Model {
	return porcupine.Model{
		Init: func() interface{} { return "" },
		Step: func(state, input, output interface{}) (bool, interface{}) {
			now, in, out := state.(string), input.(call), output.(answer)
			if in.f == "enq" || in.f == "push" {
				return true, now + strconv.Itoa(in.a) + ","
			}
			if now == "" {
				return !out.known || out.absent, now
			}
			first, rest, _ := strings.Cut(now, ",")
			if last {
				cut := strings.LastIndex(now[:len(now)-1], ",") + 1
				first, rest = now[cut:len(now)-1], now[:cut]
			}
			if out.known && (out.absent || first != strconv.Itoa(out.value)) {
				return false, now
			}
			return true, rest
		},
		Hash: hashText,
	}
}

func hashText(state interface{}) uint64 {
	h := fnv.New64a()
	h.Write([]byte(state.(string)))
	return h.Sum64()
}

func value(now string, in call, out answer) (bool, string) {
	switch in.f {
	case "get":
		return !out.known || out.text == now, now
	case "put":
		return true, in.text
	}
	return true, now + in.text
}

// One key of a map with get, put and append.
var keyed = porcupine.Model{
	PartitionEvent: partition(func(c call) string { return c.key }),
	Init:           func() interface{} { return "" },
	Step: func(state, input, output interface{}) (bool, interface{}) {
		return value(state.(string), input.(call), output.(answer))
	},
	Hash: hashText,
}

// The same, all keys as one object.
var whole = porcupine.Model{
	Init: func() interface{} { return map[string]string{} },
	Step: func(state, input, output interface{}) (bool, interface{}) {
		now, in := state.(map[string]string), input.(call)
		ok, next := value(now[in.key], in, output.(answer))
		if in.f == "get" {
			return ok, now
		}
		copied := make(map[string]string, len(now)+1)
		for k, v := range now {
			copied[k] = v
		}
		copied[in.key] = next
		return ok, copied
	},
	Equal: func(a, b interface{}) bool {
		x, y := a.(map[string]string), b.(map[string]string)
		if len(x) != len(y) {
			return false
		}
		for k, v := range x {
			if w, there := y[k]; !there || v != w {
				return false
			}
		}
		return true
	},
	Hash: func(state interface{}) uint64 {
		sum := uint64(0)
		for k, v := range state.(map[string]string) {
			sum += hashText(k + "\x00" + v)
		}
		return sum
	},
}

func partition(key func(call) string) func([]porcupine.Event) [][]porcupine.Event {
	return func(history []porcupine.Event) [][]porcupine.Event {
		at := map[string]int{}
		of := map[int]int{}
		var parts [][]porcupine.Event
		for _, e := range history {
			var part int
			if e.Kind == porcupine.CallEvent {
				k := key(e.Value.(call))
				known, there := at[k]
				if !there {
					known = len(parts)
					at[k] = known
					parts = append(parts, nil)
				}
				part = known
				of[e.Id] = part
			} else {
				part = of[e.Id]
			}
			parts[part] = append(parts[part], e)
		}
		return parts
	}
}
