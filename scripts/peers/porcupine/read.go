package main

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/anishathalye/porcupine"
)

var (
	logLine = regexp.MustCompile(`^INFO\s+jepsen\.util\s+-\s+(\d+)\s+:(\w+)\s+:(\w+)\s+(.*?)\s*$`)
	kvLine  = regexp.MustCompile(`^\{:process (\d+), :type :(\w+), :f :(\w+), :key "(.*)", :value (nil|"(.*)")\}`)
)

func read(format, file string) (porcupine.Model, []porcupine.Event, error) {
	in, err := os.Open(file)
	if err != nil {
		return porcupine.Model{}, nil, err
	}
	defer in.Close()
	var lines []string
	scanner := bufio.NewScanner(in)
	scanner.Buffer(make([]byte, 1<<16), 1<<26)
	for scanner.Scan() {
		lines = append(lines, scanner.Text())
	}
	switch format {
	case "etcd", "etcd-dropped":
		return register, etcd(lines, format == "etcd-dropped"), scanner.Err()
	case "kv":
		return keyed, kv(lines), scanner.Err()
	case "kv-whole":
		return whole, kv(lines), scanner.Err()
	case "stamped":
		model, events, err := stamped(lines)
		if err != nil {
			err = fmt.Errorf("%s: %w", file, err)
		}
		return model, events, err
	}
	return porcupine.Model{}, nil, fmt.Errorf("no format %q", format)
}

// Pairs lines to events; an answer that never came comes last, unknown.
type pairs struct {
	events []porcupine.Event
	open   map[int]int
	next   int
}

func (p *pairs) call(process int, c call) {
	p.open[process] = p.next
	p.events = append(p.events, porcupine.Event{ClientId: process, Kind: porcupine.CallEvent, Value: c, Id: p.next})
	p.next++
}

func (p *pairs) back(process int, a answer) {
	id, there := p.open[process]
	if !there {
		return
	}
	delete(p.open, process)
	p.events = append(p.events, porcupine.Event{ClientId: process, Kind: porcupine.ReturnEvent, Value: a, Id: id})
}

func (p *pairs) all() []porcupine.Event {
	var left []int
	for process := range p.open {
		left = append(left, process)
	}
	sort.Ints(left)
	for _, process := range left {
		p.back(process, answer{})
	}
	return p.events
}

// A timed-out read says nothing, and is left out; so are failed compare-and-sets if they are dropped.
func etcd(lines []string, dropped bool) []porcupine.Event {
	p := pairs{open: map[int]int{}}
	gone := map[int]bool{}
	for _, line := range lines {
		m := logLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		process, _ := strconv.Atoi(m[1])
		numbers := strings.Fields(strings.Trim(m[4], "[]"))
		switch {
		case m[2] == "invoke":
			c := call{f: m[3]}
			if m[3] != "read" {
				c.a, _ = strconv.Atoi(numbers[0])
			}
			if m[3] == "cas" {
				c.b, _ = strconv.Atoi(numbers[1])
			}
			p.call(process, c)
		case m[2] == "ok" && m[3] == "read":
			v, err := strconv.Atoi(m[4])
			p.back(process, answer{known: true, value: v, absent: err != nil})
		case m[2] == "ok":
			p.back(process, answer{known: true, ok: true})
		case m[2] == "fail":
			id, there := p.open[process]
			if m[3] == "read" || dropped {
				gone[id] = there
				delete(p.open, process)
			} else {
				p.back(process, answer{known: true, ok: false})
			}
		}
	}
	var events []porcupine.Event
	for _, e := range p.all() {
		if !gone[e.Id] {
			events = append(events, e)
		}
	}
	return events
}

func kv(lines []string) []porcupine.Event {
	p := pairs{open: map[int]int{}}
	for _, line := range lines {
		m := kvLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		process, _ := strconv.Atoi(m[1])
		if m[2] == "invoke" {
			p.call(process, call{f: m[3], key: m[4], text: m[6]})
		} else {
			p.back(process, answer{known: true, text: m[6]})
		}
	}
	return p.all()
}

// "# register" (or cas-register, mutex, set, queue, stack), then "process call return FUNCTION value...", where
// return is "-" for what never returned; a read of nothing and a dequeue of nothing end in -1.
func stamped(lines []string) (porcupine.Model, []porcupine.Event, error) {
	if len(lines) == 0 {
		return porcupine.Model{}, nil, fmt.Errorf("no lines")
	}
	kind := strings.TrimSpace(strings.TrimPrefix(lines[0], "#"))
	model, known := map[string]porcupine.Model{
		"register": register, "cas-register": register, "mutex": lock, "set": element,
		"queue": ends(false), "stack": ends(true),
	}[kind]
	if !known {
		return model, nil, fmt.Errorf("no model %q", kind)
	}
	type moment struct {
		at    int64
		back  bool
		event porcupine.Event
	}
	moments := make([]moment, 0, 2*len(lines))
	for i, line := range lines[1:] {
		w := strings.Fields(line)
		if len(w) < 4 {
			return model, nil, fmt.Errorf("line %d: want process, call, return, function", i+2)
		}
		process, _ := strconv.Atoi(w[0])
		from, _ := strconv.ParseInt(w[1], 10, 64)
		f := strings.ToLower(w[3])
		c := call{f: f, process: process}
		a := answer{known: w[2] != "-"}
		number := func(at int) int {
			if at >= len(w) {
				return 0
			}
			n, _ := strconv.Atoi(w[at])
			return n
		}
		switch f {
		case "write", "enq", "push":
			c.a = number(4)
		case "acquire", "release":
		case "cas":
			c.a, c.b, a.ok = number(4), number(5), number(6) == 1
		case "read", "deq", "pop":
			a.value = number(4)
			a.absent = a.value == -1
		case "insert", "remove", "contains":
			c.a, a.ok = number(4), number(5) == 1
		default:
			return model, nil, fmt.Errorf("line %d: no function %q", i+2, f)
		}
		to := int64(1) << 62
		if a.known {
			to, _ = strconv.ParseInt(w[2], 10, 64)
		}
		moments = append(moments,
			moment{from, false, porcupine.Event{ClientId: process, Kind: porcupine.CallEvent, Value: c, Id: i}},
			moment{to, true, porcupine.Event{ClientId: process, Kind: porcupine.ReturnEvent, Value: a, Id: i}})
	}
	sort.SliceStable(moments, func(i, j int) bool {
		if moments[i].at != moments[j].at {
			return moments[i].at < moments[j].at
		}
		return !moments[i].back && moments[j].back
	})
	events := make([]porcupine.Event, len(moments))
	for i, m := range moments {
		events[i] = m.event
	}
	return model, events, nil
}
