using MnistNet.Fuzz;

namespace MnistNet.Tests;

/// <summary>
/// A share of tests/Fuzz: everything that was ever found, and 20 seconds of what may be. Time is measured, and the
/// decoder of pictures counts its memory for the whole process, so no other test runs meanwhile.
/// </summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class FuzzTests
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Readers => [.. FuzzReaders.All.Select(reader => reader.Name)];

    [Fact]
    public void The_corpus_is_there()
        => Assert.NotEmpty(FuzzReaders.All.SelectMany(reader => FuzzCorpus.Load(FuzzCorpus.Folder, reader)));

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_file_that_is_not_what_it_should_be_is_read_or_refused_in_good_time_and_with_little_memory(string name)
    {
        FuzzReader reader = FuzzReaders.All.Single(candidate => candidate.Name == name);
        byte[][] corpus = [.. FuzzCorpus.Load(FuzzCorpus.Folder, reader)];

        var run = new FuzzRun(reader, seed: 1, corpus);
        run.Try(long.MaxValue, Time / FuzzReaders.All.Count);

        Assert.True(run.Count > corpus.Length);
        Assert.Empty(run.Findings.Select(finding => $"{finding.What}\n{Convert.ToBase64String(finding.File)}"));
    }
}
