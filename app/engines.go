package app

import (
	"context"
	"fmt"
	"sync"

	"circascope/inference"
	"circascope/models"
)

// EngineStatus says how far the engine is.
type EngineStatus struct {
	Phase   EnginePhase
	Model   models.Size       // the one being loaded or loaded last
	Runtime inference.Runtime // known once a model is ready
	Err     error             // why the last load failed
}

// EnginePhase is where the engine stands.
type EnginePhase string

// The phases of the engine.
const (
	EngineIdle    EnginePhase = "idle"
	EngineLoading EnginePhase = "loading"
	EngineReady   EnginePhase = "ready"
	EngineFailed  EnginePhase = "failed"
)

// engines keeps one loaded model, since each holds hundreds of megabytes. Uses
// are serialised: an engine already keeps every core busy.
type engines struct {
	open    func(context.Context, *models.Weights, inference.Options) (inference.Engine, error)
	changed func()

	turn   chan struct{} // holds a token while a model is loaded or runs; of capacity 1
	loaded inference.Engine
	key    engineKey

	mu     sync.Mutex // guards status
	status EngineStatus
}

type engineKey struct {
	sha     string
	state   models.State
	options inference.Options
}

// with runs f with the engine for w, loading it first where another one, or
// none, is loaded.
func (e *engines) with(ctx context.Context, w *models.Weights, o inference.Options, f func(inference.Engine) error) error {
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
	e.set(EngineStatus{Phase: EngineReady, Model: w.Spec.Size, Runtime: engine.Runtime()})
	return nil
}

func (e *engines) drop() error {
	if e.loaded == nil {
		return nil
	}
	engine := e.loaded
	e.loaded = nil
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
