using System.Runtime.Versioning;

namespace MnistNet.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_has_the_content_and_stands_alone()
    {
        AtomicFile.Write(_folder["a.txt"], stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(_folder["a.txt"]));
        Assert.Equal(["a.txt"], _folder.Names);
    }

    [Fact]
    public void A_writer_that_fails_half_way_leaves_the_old_file_whole_and_nothing_else()
    {
        File.WriteAllText(_folder["a.txt"], "old");

        IOException full = Assert.Throws<IOException>(() => AtomicFile.Write(_folder["a.txt"], stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new IOException("No space left on device");
        }));

        Assert.Equal("No space left on device", full.Message);
        Assert.Equal("old", File.ReadAllText(_folder["a.txt"]));
        Assert.Equal(["a.txt"], _folder.Names);
    }

    [Fact]
    public void While_writing_the_old_file_can_be_read()
    {
        File.WriteAllText(_folder["a.txt"], "old");

        AtomicFile.Write(_folder["a.txt"], stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(_folder["a.txt"]));
        });

        Assert.Equal("new", File.ReadAllText(_folder["a.txt"]));
    }

    [Fact]
    public void A_file_that_is_there_stays_when_it_must_not_be_replaced()
    {
        File.WriteAllText(_folder["a.txt"], "old");

        IOException there =
            Assert.Throws<IOException>(
                () => AtomicFile.Write(_folder["a.txt"], stream => stream.Write("new"u8), overwrite: false));

        Assert.Contains("is there already", there.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(_folder["a.txt"]));
        Assert.Equal(["a.txt"], _folder.Names);
    }

    [Fact]
    public void A_file_that_appears_meanwhile_stays_when_it_must_not_be_replaced()
    {
        Assert.Throws<IOException>(() => AtomicFile.Write(
            _folder["a.txt"],
            _ => File.WriteAllText(_folder["a.txt"], "somebody else's"),
            overwrite: false));

        Assert.Equal("somebody else's", File.ReadAllText(_folder["a.txt"]));
        Assert.Equal(["a.txt"], _folder.Names);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Permissions_of_the_old_file_are_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix permissions do not exist here.");
        File.WriteAllText(_folder["a.txt"], "old");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(_folder["a.txt"], mode);

        AtomicFile.Write(_folder["a.txt"], stream => stream.Write("new"u8));

        Assert.Equal(mode, File.GetUnixFileMode(_folder["a.txt"]));
    }

    [Fact]
    public void A_link_goes_on_pointing_to_its_target()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege here.");
        File.WriteAllText(_folder["target.txt"], "old");
        File.CreateSymbolicLink(_folder["link.txt"], "target.txt");

        AtomicFile.Write(_folder["link.txt"], stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(_folder["target.txt"]));
        Assert.NotNull(new FileInfo(_folder["link.txt"]).LinkTarget);
    }

    [Fact]
    public void A_read_only_file_is_refused()
    {
        File.WriteAllText(_folder["a.txt"], "old");
        File.SetAttributes(_folder["a.txt"], FileAttributes.ReadOnly);

        Assert.Throws<UnauthorizedAccessException>(
            () => AtomicFile.Write(_folder["a.txt"], stream => stream.Write("new"u8)));

        Assert.Equal("old", File.ReadAllText(_folder["a.txt"]));
        File.SetAttributes(_folder["a.txt"], FileAttributes.Normal);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [UnsupportedOSPlatform("windows")]
    public void A_file_is_replaced_with_its_own_permissions_and_never_open_to_others_on_the_way(UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix permissions do not exist here.");
        File.WriteAllText(_folder["a.txt"], "old");
        File.SetUnixFileMode(_folder["a.txt"], mode);
        UnixFileMode onTheWay = default;

        AtomicFile.Write(
            _folder["a.txt"],
            stream =>
            {
                stream.Write("new"u8);
                onTheWay = File.GetUnixFileMode(Directory.GetFiles(_folder.Path, ".*").Single());
            },
            overwriteReadOnly: true);

        Assert.Equal("new", File.ReadAllText(_folder["a.txt"]));
        Assert.Equal(mode, File.GetUnixFileMode(_folder["a.txt"]));
        Assert.Equal(UnixFileMode.None, onTheWay & ~(mode | UnixFileMode.UserWrite));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Another_users_file_is_called_that_and_stays()
    {
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"), "Only root can become another user.");
        File.WriteAllText(_folder["a.txt"], "old");
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0x1FF);

        string answer = WritingChild.Write(
            _folder["a.txt"], "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

        Assert.SkipWhen(answer.Length == 0, "The tests cannot be run by another user from where they are.");
        Assert.Equal(
            $"UnauthorizedAccessException: {_folder["a.txt"]} belongs to another user, and you may not write to "
            + $"it.", answer);
        Assert.Equal("old", File.ReadAllText(_folder["a.txt"]));
        Assert.Equal(["a.txt"], _folder.Names);
    }

    [Fact]
    public void A_read_only_file_stays_as_it_was_when_writing_over_it_fails()
    {
        File.WriteAllText(_folder["a.txt"], "old");
        File.SetAttributes(_folder["a.txt"], FileAttributes.ReadOnly);

        Assert.Throws<IOException>(
            () => AtomicFile.Write(_folder["a.txt"], _ => throw new IOException("full"), overwriteReadOnly: true));

        Assert.True(new FileInfo(_folder["a.txt"]).IsReadOnly);
        Assert.Equal("old", File.ReadAllText(_folder["a.txt"]));
        Assert.Equal(["a.txt"], _folder.Names);
        File.SetAttributes(_folder["a.txt"], FileAttributes.Normal);
    }

    [Fact]
    public void A_name_of_any_length_that_the_file_system_takes_can_be_written_again_and_again()
    {
        foreach (string letter in (string[])["a", "é", "数", "😀"])
        {
            foreach (int bytes in (int[])[100, 216, 217, 218, 219, 220, 254, 255])
            {
                string name =
                    string.Concat(Enumerable.Repeat(letter, bytes / System.Text.Encoding.UTF8.GetByteCount(letter)));
                AtomicFile.Write(_folder[name], stream => stream.Write("old"u8));
                AtomicFile.Write(_folder[name], stream => stream.Write("new"u8));
                Assert.Equal("new", File.ReadAllText(_folder[name]));
                Assert.Equal([name], _folder.Names);
                File.Delete(_folder[name]);
            }
        }
    }

    [Fact]
    public void What_a_killed_writer_of_a_long_name_left_is_removed()
    {
        string name = new string('n', 250), leftover = "";
        AtomicFile.Write(_folder[name], _ => leftover = Directory.GetFiles(_folder.Path, ".*").Single());
        File.WriteAllText(leftover, "half");
        File.SetLastWriteTimeUtc(leftover, DateTime.UtcNow.AddHours(-1));

        AtomicFile.Write(_folder[name[1..]], stream => stream.Write("another"u8));
        Assert.True(File.Exists(leftover));
        AtomicFile.Write(_folder[name], stream => stream.Write("new"u8));
        Assert.False(File.Exists(leftover));
    }

    [Fact]
    public void A_target_that_another_holds_open_is_refused_before_anything_is_written()
    {
        File.WriteAllText(_folder["a.txt"], "old");
        bool asked = false;

        using (new FileStream(_folder["a.txt"], FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Contains(
                _folder["a.txt"],
                Assert.Throws<IOException>(() => AtomicFile.Write(_folder["a.txt"], _ => asked = true)).Message,
                StringComparison.Ordinal);
        }

        Assert.False(asked);
        Assert.Equal("old", File.ReadAllText(_folder["a.txt"]));
        Assert.Equal(["a.txt"], _folder.Names);
    }

    [Fact]
    public void A_name_with_backslashes_a_drive_and_wildcards_is_an_ordinary_name_here()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "These characters part paths here.");
        const string name = @"C:\digits\[a]*?.safetensors";

        AtomicFile.Write(_folder[name], stream => stream.Write("old"u8));
        AtomicFile.Write(_folder[name], stream => stream.Write("new"u8));

        Assert.Equal([name], _folder.Names);
        Assert.Equal("new", File.ReadAllText(_folder[name]));
    }

    [Fact]
    public void A_folder_and_a_missing_folder_are_refused_before_anything_is_written()
    {
        bool asked = false;

        Assert.Contains(
            "is a folder",
            Assert.Throws<IOException>(() => AtomicFile.Write(_folder.Path, _ => asked = true)).Message,
            StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(_folder["missing/a.txt"], _ => asked = true));
        Assert.False(asked);
    }

    [Fact]
    public void A_device_is_not_replaced()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "There are no devices in the file system here.");

        Assert.Throws<IOException>(() => AtomicFile.Write("/dev/null", stream => stream.Write("new"u8)));
    }

    [Fact(Timeout = 20_000)]
    public async Task A_pipe_is_refused_without_waiting_for_it()
    {
        string pipe = _folder.MakePipe("a.txt");

        await Task.Run(
            () => Assert.Throws<IOException>(() => AtomicFile.Write(pipe, stream => stream.Write("new"u8))),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public void What_killed_writers_of_the_file_left_is_removed_and_nothing_else()
    {
        string dead = _folder[$".a.txt.{Guid.NewGuid():N}.tmp"], alive = _folder[$".a.txt.{Guid.NewGuid():N}.tmp"],
        young = _folder[$".a.txt.{Guid.NewGuid():N}.tmp"];
        string another = _folder[$".a.txt.old.{Guid.NewGuid():N}.tmp"], own = _folder[".a.txt.backup.tmp"];
        foreach (string path in (string[])[dead, alive, young, another, own])
        {
            File.WriteAllText(path, "half");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(path == young ? 0 : -1));
        }

        using (new FileStream(alive, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            AtomicFile.Write(_folder["a.txt"], stream => stream.Write("new"u8));
        }

        Assert.Equal(
            new[] { alive, young, another, own, _folder["a.txt"] }.Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal),
            _folder.Names);
    }
}
