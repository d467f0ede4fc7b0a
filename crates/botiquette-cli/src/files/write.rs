//! The one writer: puts bytes in the place of a file, whole or not at all, and never through a link. A file that
//! cannot be replaced as it is (another owner, hard links, read-only) is refused with the reason.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use botiquette::fs::{follow, is_of_the_system};
use tempfile::{NamedTempFile, PersistError};

/// A place where a file can be put.
#[derive(Debug)]
pub(crate) struct Target {
    real: PathBuf,
    old: Option<Metadata>,
}

impl Target {
    /// Sees whether a file can be put here, and changes nothing.
    ///
    /// # Errors
    /// What the system says, or why the file is left as it is.
    pub(crate) fn of(path: &Path) -> io::Result<Self> {
        let found = follow(path)?;
        if found.is_link {
            return Err(refusal("it is a symbolic link; name the file itself"));
        }
        if found.passes_a_strangers_link() {
            return Err(refusal("a symbolic link is on the way; name the folder itself"));
        }
        let old = match fs::symlink_metadata(&found.real) {
            Ok(old) => Some(old),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if let Some(old) = &old {
            check_replaceable(old)?;
        }
        let target = Self { real: found.real, old };
        check_folder(target.folder()?)?;
        Ok(target)
    }

    /// The path, without links.
    #[must_use]
    pub(crate) fn real(&self) -> &Path {
        &self.real
    }

    /// Puts the bytes there: written beside it, moved into its place. Signals wait meanwhile.
    ///
    /// # Errors
    /// What the system says. The file is as it was then, and nothing else is left.
    pub(crate) fn put(&self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes, |new| new.persist(&self.real))
    }

    /// The same if nothing is there yet.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`], or what the system says.
    pub(crate) fn put_new(&self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes, |new| new.persist_noclobber(&self.real))
    }

    fn write(
        &self,
        bytes: &[u8],
        persist: impl FnOnce(NamedTempFile) -> Result<File, PersistError>,
    ) -> io::Result<()> {
        #[cfg(unix)]
        let _moment = super::signals::Deferred::start()?;
        let mut new = new_file(self.folder()?)?;
        new.write_all(bytes)?;
        if let Some(old) = &self.old {
            keep_owner(new.as_file(), old)?;
            new.as_file().set_permissions(old.permissions())?;
        }
        new.as_file().sync_all()?;
        persist(new).map_err(|error| error.error)?;
        Ok(())
    }

    fn folder(&self) -> io::Result<&Path> {
        self.real.parent().ok_or_else(|| refusal("it is a folder"))
    }
}

/// Puts a text in the place of a file.
///
/// # Errors
/// Those of [`Target`].
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    Target::of(path)?.put(text.as_bytes())
}

/// Adds bytes at the end of a file, or of a new one, or writes them to a device.
///
/// # Errors
/// Those of [`Target::of`], and what the system says.
pub(crate) fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(mut device) = open_device(path)? {
        return device.write_all(bytes);
    }
    let target = Target::of(path)?;
    OpenOptions::new().append(true).create(true).open(target.real())?.write_all(bytes)
}

/// Opens a file, or a new one, to be read and written on.
///
/// # Errors
/// Those of [`Target::of`], and what the system says.
pub(crate) fn reopen(path: &Path) -> io::Result<File> {
    let target = Target::of(path)?;
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(target.real())
}

/// Opens what is no file and cannot be replaced, such as `/dev/null` or a pipe; none where a file can be put. A
/// stranger's link to such a thing is not followed.
///
/// # Errors
/// What the system says; also if nobody reads the pipe, which would wait for ever.
pub(crate) fn open_device(path: &Path) -> io::Result<Option<File>> {
    let Ok(metadata) = fs::metadata(path) else { return Ok(None) };
    if metadata.is_file() || metadata.is_dir() || follow(path).is_ok_and(|it| it.passes_a_strangers_link()) {
        return Ok(None);
    }
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    let _reader_is_there = {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
        let mut trial = options.clone();
        trial.custom_flags(flags.bits().cast_signed());
        trial.open(path)?
    };
    options.open(path).map(Some)
}

fn check_replaceable(old: &Metadata) -> io::Result<()> {
    if old.is_dir() {
        return Err(refusal("it is a folder"));
    }
    if !old.is_file() {
        return Err(refusal("it is no regular file"));
    }
    if old.permissions().readonly() {
        return Err(refusal("it is read-only"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if old.nlink() > 1 {
            return Err(refusal("it has hard links, which would go on showing the old text"));
        }
        let me = rustix::process::geteuid();
        if old.uid() != me.as_raw() && !me.is_root() {
            return Err(refusal(OTHER_OWNER));
        }
    }
    Ok(())
}

const OTHER_OWNER: &str = "it belongs to somebody else, and would be yours afterwards";

/// Whether a new file can be made in a folder, asked without making one.
fn check_folder(folder: &Path) -> io::Result<()> {
    if is_of_the_system(folder) && !folder.starts_with("/dev/shm") {
        return Err(refusal("its folder belongs to the system"));
    }
    if !fs::metadata(folder)?.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    #[cfg(unix)]
    rustix::fs::access(folder, rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK)?;
    Ok(())
}

/// Gives a new file the owner and the group of the old one.
#[cfg(unix)]
fn keep_owner(new: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = new.metadata()?;
    if own.uid() != old.uid() || own.gid() != old.gid() {
        fchown(new, Some(old.uid()), Some(old.gid())).map_err(|_| refusal(OTHER_OWNER))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// A file that goes away again unless it is put in place, with the permissions of any new file.
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".botiquette-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn refusal(why: &'static str) -> io::Error {
    io::Error::other(why)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn permissions_stay_and_nothing_else_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bot.sh.yaml");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o750)).unwrap();
        Target::of(&path).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a look leaves nothing");
        replace(&path, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o750);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_replaced_as_it_is_is_left_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("repo/.git")).unwrap();
        fs::create_dir(root.join("folder")).unwrap();
        for name in ["real", "read-only", "linked", "folder/old"] {
            fs::write(root.join(name), "old").unwrap();
        }
        symlink("real", root.join("link")).unwrap();
        symlink("nowhere", root.join("dangling")).unwrap();
        symlink("../folder", root.join("repo/out")).unwrap();
        symlink("folder", root.join("mine")).unwrap();
        fs::hard_link(root.join("linked"), root.join("second")).unwrap();
        fs::set_permissions(root.join("read-only"), fs::Permissions::from_mode(0o444)).unwrap();
        for (name, why) in [
            ("link", "it is a symbolic link"),
            ("dangling", "it is a symbolic link"),
            ("repo/out/old", "a symbolic link is on the way"),
            ("repo/out/new", "a symbolic link is on the way"),
            ("linked", "it has hard links"),
            ("read-only", "it is read-only"),
            ("folder", "it is a folder"),
            ("nowhere/new", "No such file"),
        ] {
            let error = replace(&root.join(name), "new").unwrap_err().to_string();
            assert!(error.contains(why), "{name}: {error}");
        }
        for name in ["real", "read-only", "linked", "second", "folder/old"] {
            assert_eq!(fs::read_to_string(root.join(name)).unwrap(), "old", "{name}");
        }
        // A link of one's own to a folder, outside of any repository.
        replace(&root.join("mine/old"), "new").unwrap();
        assert_eq!(fs::read_to_string(root.join("folder/old")).unwrap(), "new");
    }
}
