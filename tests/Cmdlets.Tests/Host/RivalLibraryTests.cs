using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using MnistNet.Tests;

namespace MnistNet.Cmdlets.Tests;

/// <summary>
/// A process keeps one version of a library's name, and another module may have brought an older one before this module
/// comes. Both go on with their own.
/// </summary>
public sealed class RivalLibraryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Every library that the package brings.</summary>
    public static TheoryData<string> Libraries =>
    [
        .. Directory.EnumerateFiles(StagedModule.Bin, "*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => !name.StartsWith("MnistNet.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_module_works_beside_one_that_brought_an_older_version_of(string library)
    {
        string use = library switch
        {
            "MathNet.Numerics" => "(New-Network -Hidden 3).W1.RowCount",
            "Google.Protobuf" => "New-Network -Hidden 3 | Export-Network $PSScriptRoot/n.onnx; "
                + "(Import-Network $PSScriptRoot/n.onnx).W1.RowCount",
            "StbImageSharp" => "(Import-Digit $PSScriptRoot/dash.bmp).Pixels.Count / 784 + 2",
            "Polly.Core" => "try { Import-Mnist -Source http://127.0.0.1:9/ -Force } "
                + "catch { $_.FullyQualifiedErrorId }",
            _ => throw new NotSupportedException($"No command is known that uses {library}: add one here."),
        };
        string expected = library == "Polly.Core" ? "DownloadFailed,MnistNet.Cmdlets.ImportMnistCommand" : "3";
        string rival = Path.Combine(_folder.Path, library + ".dll");
        Save(rival, new AssemblyName(library) { Version = new Version(0, 1, 0, 0) });
        _folder.Write("dash.bmp", Dash());
        string script = _folder.Write("use.ps1", System.Text.Encoding.UTF8.GetBytes(
            $"""
            $rival = [System.Reflection.Assembly]::LoadFrom('{rival}')
            {use}
            [System.AppDomain]::CurrentDomain.GetAssemblies().Where(
                {'{'} $_.GetName().Name -eq '{library}' {'}'}).Count
            """));

        using HostProcess run = HostProcess.Run("-File", script);

        Assert.Equal("", run.Errors);
        Assert.Equal($"{expected}\n2\n", run.Output);
    }

    private static void Save(string path, AssemblyName name)
    {
        var assembly = new PersistedAssemblyBuilder(name, typeof(object).Assembly);
        assembly.DefineDynamicModule(name.Name!).DefineType("Rival", TypeAttributes.Public).CreateType();
        assembly.Save(path);
    }

    // A black dash on white, 24 bits a pixel, without compression.
    private static byte[] Dash()
    {
        const int Header = 54, Side = 40;
        byte[] bmp = new byte[Header + (Side * Side * 3)];
        bmp.AsSpan(Header).Fill(255);
        bmp.AsSpan(Header + (((Side * 20) + 8) * 3), 24 * 3).Clear();
        bmp.AsSpan(Header + (((Side * 21) + 8) * 3), 24 * 3).Clear();
        "BM"u8.CopyTo(bmp);
        foreach ((int at, int value) in new[] { (2, bmp.Length), (10, Header), (14, 40), (18, Side), (22, Side) })
        {
            BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(at), value);
        }

        bmp[26] = 1;
        bmp[28] = 24;
        return bmp;
    }
}
