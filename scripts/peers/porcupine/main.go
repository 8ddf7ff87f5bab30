// Porcupine on histories that Faultline's bench names: a line of JSON for each file.
//
//	porcupine -format etcd|etcd-dropped|kv|kv-whole|stamped FILE...
//
// Parsing is outside the clock. A file is checked once to warm up, then -least times and on until
// -spend is over, unless one check alone takes longer than that; "nanos" is the median.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"

	"github.com/anishathalye/porcupine"
)

type figures struct {
	File      string `json:"file"`
	Verdict   string `json:"verdict"` // ok, illegal, or why there is none
	Nanos     int64  `json:"nanos"`
	Checks    int    `json:"checks"`
	Allocated uint64 `json:"allocated"` // bytes, by one check
	Resident  uint64 `json:"resident"`  // bytes of the whole process at its most, so far
}

func main() {
	format := flag.String("format", "", "etcd, etcd-dropped, kv, kv-whole or stamped")
	limit := flag.Duration("cap", time.Minute, "of one check")
	least := flag.Int("least", 7, "checks after the first")
	spend := flag.Duration("spend", 300*time.Millisecond, "for the checks of a file")
	memory := flag.Uint64("memory", 8<<30, "bytes of the process at which a check is given up")
	flag.Parse()
	for _, file := range flag.Args() {
		model, events, err := read(*format, file)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
		f := figures{File: file}
		guard := watch(&f, *memory)
		measure(&f, model, events, *limit, *least, *spend)
		close(guard)
		print(f)
		events = nil
		debug.FreeOSMemory()
	}
}

func measure(f *figures, model porcupine.Model, events []porcupine.Event, limit time.Duration, least int, spend time.Duration) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start, used := time.Now(), processor()
	result := porcupine.CheckEventsTimeout(model, events, limit)
	first := took(start, used)
	runtime.ReadMemStats(&after)
	f.Allocated = after.TotalAlloc - before.TotalAlloc
	f.Resident = resident()
	f.Verdict = map[porcupine.CheckResult]string{porcupine.Ok: "ok", porcupine.Illegal: "illegal", porcupine.Unknown: "time"}[result]
	times := []time.Duration{first}
	if first < 10*time.Second {
		times = nil
		runtime.GC()
		begin := time.Now()
		for len(times) < least || (time.Since(begin) < spend && len(times) < 10000) {
			start, used = time.Now(), processor()
			if porcupine.CheckEventsTimeout(model, events, limit) != result {
				f.Verdict = "two verdicts"
			}
			times = append(times, took(start, used))
			if first > time.Second && len(times) == 3 {
				break
			}
		}
	}
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	f.Nanos = times[len(times)/2].Nanoseconds()
	f.Checks = len(times)
}

// By the clock, or by the processor time of the process where that is less: what else runs on the
// machine is not to count.
func took(start time.Time, used time.Duration) time.Duration {
	return min(time.Since(start), processor()-used)
}

func processor() time.Duration {
	const processTime = 2
	var t syscall.Timespec
	syscall.Syscall(syscall.SYS_CLOCK_GETTIME, processTime, uintptr(unsafe.Pointer(&t)), 0)
	return time.Duration(t.Nano())
}

// Ends the process, with what is known, before it takes the machine's memory.
func watch(f *figures, most uint64) chan struct{} {
	done := make(chan struct{})
	start := time.Now()
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(50 * time.Millisecond):
				if r := resident(); r > most {
					print(figures{File: f.File, Verdict: "memory", Nanos: time.Since(start).Nanoseconds(), Resident: r})
					os.Exit(4)
				}
			}
		}
	}()
	return done
}

func resident() uint64 {
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, _ := strconv.ParseUint(strings.Fields(string(data))[1], 10, 64)
	return pages * uint64(os.Getpagesize())
}

func print(f figures) {
	line, _ := json.Marshal(f)
	fmt.Println(string(line))
}
