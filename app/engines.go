package app

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"circascope/inference"
	"circascope/inference/fingerprint"
	"circascope/models"
)

// EngineStatus says how far the engine is.
type EngineStatus struct {
	Phase   EnginePhase
	Model   models.Size       // the one being loaded or loaded last
	Runtime inference.Runtime // known once a model is ready
	Err     error             // why the last load or check failed
}

// EnginePhase is where the engine stands.
type EnginePhase string

// The phases of the engine.
const (
	EngineIdle    EnginePhase = "idle"
	EngineLoading EnginePhase = "loading"
	EngineReady   EnginePhase = "ready"
	EngineFailed  EnginePhase = "failed"
	EngineWrong   EnginePhase = "wrong" // the model answers otherwise than its fingerprint: nothing is embedded
)

// engines keeps one loaded model, since each holds hundreds of megabytes. Uses
// are serialised: an engine already keeps every core busy.
type engines struct {
	open    func(context.Context, *models.Weights, inference.Options) (inference.Engine, error)
	check   func(context.Context, inference.Engine, *models.Weights) error // of the answers, before the first use
	watch   func(inference.Engine) inference.Engine                        // what is handed out; the check at the start is not watched
	changed func()

	turn    chan struct{} // holds a token while a model is loaded or runs; of capacity 1
	loaded  inference.Engine
	key     engineKey
	checked bool // the loaded model answers as its fingerprint

	mu     sync.Mutex // guards status
	status EngineStatus
}

type engineKey struct {
	sha     string
	state   models.State
	options inference.Options
}

// with runs f with the engine for w, loading it first where another one, or
// none, is loaded, and comparing its answers with the fingerprint of w.
func (e *engines) with(ctx context.Context, w *models.Weights, o inference.Options, f func(inference.Engine) error) error {
	return e.turnOf(ctx, w, o, func(engine inference.Engine) error {
		if !e.checked {
			if err := e.verify(ctx, w, func() error { return e.check(ctx, engine, w) }); err != nil {
				return err
			}
		}
		return f(e.watch(engine))
	})
}

// checking runs a check of the engine for w, in place of the one that with makes.
func (e *engines) checking(ctx context.Context, w *models.Weights, o inference.Options, check func(inference.Engine) error) error {
	return e.turnOf(ctx, w, o, func(engine inference.Engine) error {
		return e.verify(ctx, w, func() error { return check(engine) })
	})
}

// verify checks the loaded model; one that fails is dropped, so that the next use
// loads and checks it anew.
func (e *engines) verify(ctx context.Context, w *models.Weights, check func() error) error {
	runtime := e.loaded.Runtime()
	err := check()
	if err == nil {
		e.checked = true
		e.set(EngineStatus{Phase: EngineReady, Model: w.Spec.Size, Runtime: runtime})
		return nil
	}
	err = errors.Join(fmt.Errorf("checking the answers of %s: %w", w.Spec.Name(), err), e.drop())
	if ctx.Err() != nil {
		e.set(EngineStatus{Phase: EngineIdle})
		return err
	}
	phase := EngineFailed // the check could not be done
	var mismatch *fingerprint.MismatchError
	if errors.As(err, &mismatch) {
		phase = EngineWrong
	}
	e.set(EngineStatus{Phase: phase, Model: w.Spec.Size, Runtime: runtime, Err: err})
	return err
}

// turnOf runs f with the engine for w when its turn comes, loading it first where
// another one, or none, is loaded.
func (e *engines) turnOf(ctx context.Context, w *models.Weights, o inference.Options, f func(inference.Engine) error) error {
	select {
	case e.turn <- struct{}{}:
		defer func() { <-e.turn }()
	case <-ctx.Done(): // also while another use has its turn
		return ctx.Err()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	key := engineKey{w.SHA256, w.State, o}
	if e.loaded == nil || e.key != key {
		if err := e.load(ctx, w, o, key); err != nil {
			return err
		}
	}
	return f(e.loaded)
}

func (e *engines) load(ctx context.Context, w *models.Weights, o inference.Options, key engineKey) error {
	if err := e.drop(); err != nil {
		return err
	}
	e.set(EngineStatus{Phase: EngineLoading, Model: w.Spec.Size})
	engine, err := e.open(ctx, w, o)
	if err != nil {
		err = fmt.Errorf("loading %s: %w", w.Spec.Name(), err)
		e.set(EngineStatus{Phase: EngineFailed, Model: w.Spec.Size, Err: err})
		return err
	}
	e.loaded, e.key = engine, key
	return nil
}

func (e *engines) drop() error {
	if e.loaded == nil {
		return nil
	}
	engine := e.loaded
	e.loaded, e.checked = nil, false
	if err := engine.Close(); err != nil {
		return fmt.Errorf("closing the loaded model: %w", err)
	}
	return nil
}

func (e *engines) close() error {
	e.turn <- struct{}{}
	defer func() { <-e.turn }()
	err := e.drop()
	e.set(EngineStatus{Phase: EngineIdle})
	return err
}

func (e *engines) set(s EngineStatus) {
	e.mu.Lock()
	e.status = s
	e.mu.Unlock()
	e.changed()
}

func (e *engines) current() EngineStatus {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.status.Phase == "" {
		return EngineStatus{Phase: EngineIdle}
	}
	return e.status
}

// EngineStatus returns how far the engine is.
func (wb *Workbench) EngineStatus() EngineStatus { return wb.engines.current() }
