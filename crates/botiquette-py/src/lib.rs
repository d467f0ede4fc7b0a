//! The native half of the Python module `botiquette`: JSON in, JSON out. What Python programs see is written in Python,
//! beside this in `python/`.

use std::ffi::OsString;

use botiquette_cli::Reporter;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyModule;

/// Rules under settings, as the arguments of `botiquette batch` have them.
#[pyclass(frozen, module = "botiquette._native")]
struct Native(Reporter);

#[pymethods]
impl Native {
    #[new]
    fn new(arguments: Vec<OsString>) -> PyResult<Self> {
        Reporter::new(arguments).map(Self).map_err(PyValueError::new_err)
    }

    /// The line that `botiquette batch` writes for a line. Other threads of Python run meanwhile.
    fn report(&self, py: Python<'_>, record: &str, named: bool, describe: bool) -> PyResult<String> {
        py.detach(|| {
            alone();
            self.0.report(record.as_bytes(), named, describe)
        })
        .map_err(PyValueError::new_err)
    }

    /// The rules, as `botiquette rules --format json` has them.
    fn rules(&self) -> PyResult<String> {
        self.0.rules().map_err(PyValueError::new_err)
    }
}

/// Runs the command with its arguments, the first of which is its name; returns the exit code.
#[pyfunction]
fn run(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| botiquette_cli::run_with(arguments))
}

/// Keeps the work of this thread on this thread. The threads that would share it are not there any more in a process
/// that Python has forked, and whoever waits for them waits for ever.
fn alone() {
    thread_local! {
        static POOL: Option<rayon::ThreadPool> =
            rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().ok();
    }
    POOL.with(|_| ());
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<Native>()?;
    module.add_function(wrap_pyfunction!(run, module)?)
}
