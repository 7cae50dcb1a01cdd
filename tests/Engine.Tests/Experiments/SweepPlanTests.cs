using System.Globalization;

namespace MnistNet.Tests;

public sealed class SweepPlanTests
{
    [Fact]
    public void A_grid_has_every_combination_once_with_the_seeds_of_a_setting_together()
    {
        SweepPlan plan =
            SweepPlan.Grid([new("Seed", [1, 2]), new("Alpha", [0.1, 0.5]), new("Hidden", ["10", "128-64"])]);

        Assert.Equal(
            [
                "10 0.1 1", "10 0.1 2", "128-64 0.1 1", "128-64 0.1 2", "10 0.5 1", "10 0.5 2", "128-64 0.5 1",
                "128-64 0.5 2",
            ],
            Runs(plan).Select(
                run => string.Create(CultureInfo.InvariantCulture, $"{run.Hidden} {run.Alpha} {run.Seed}")));
        Assert.Equal(["Alpha", "Hidden", "Seed"], plan.Varying);
    }

    [Fact]
    public void Every_setting_of_training_can_be_swept()
    {
        string[] settings = [.. SweepColumns.Settings.Select(column => column.Name)];

        Assert.All(
            SettingCatalog.All.Where(setting => setting.DecidesResult),
            setting => Assert.Contains(setting.Name, settings));
    }

    [Fact]
    public void A_setting_reaches_training_as_it_is()
    {
        foreach (System.Reflection.PropertyInfo column in SweepColumns.Settings.Where(column =>
            typeof(TrainingSettings).GetProperty(column.Name) is not null))
        {
            Type type = Nullable.GetUnderlyingType(column.PropertyType) ?? column.PropertyType;
            object value = type.IsEnum ? Enum.GetValues(type).GetValue(1)! : type == typeof(int) ? (object)7 : 0.25;
            if (SettingCatalog.Find(column.Name)!.Range is { Least: > 0.25 and < 1 })
            {
                value = 0.75;
            }

            TrainingSettings settings = SweepPlan.Grid([new(column.Name, [value])])[0].ToSettings();

            Assert.Equal(value, typeof(TrainingSettings).GetProperty(column.Name)!.GetValue(settings));
        }
    }

    [Fact]
    public void A_row_names_the_learning_rate_in_force()
        => Assert.Equal(
            [0.1, 0.001],
            Runs(SweepPlan.Grid([new("Optimizer", ["GradientDescent", "Adam"])])).Select(run => run.Alpha!.Value));

    [Fact]
    public void Equal_values_count_once_however_they_are_written()
        => Assert.Equal(
            1, SweepPlan.Grid([new("Hidden", ["128,64", "128-64", "128 64"]), new("Alpha", [0.1, 0.1])]).Count);

    [Fact]
    public void A_grid_of_a_million_runs_is_counted_without_making_them()
    {
        object[] values = [.. Enumerable.Range(1, 1000).Select(value => (object)value)];
        SweepPlan plan = SweepPlan.Grid([new("Iterations", values), new("Seed", values)]);

        Assert.Equal(1_000_000, plan.Count);
        Assert.Equal((1000, 1000), (plan[999_999].Iterations, plan[999_999].Seed));
    }

    [Fact]
    public void A_grid_beyond_counting_is_refused()
    {
        object[] values = [.. Enumerable.Range(1, 10_000).Select(value => (object)value)];
        SweepAxis[] axes =
        [
            .. SweepColumns.Settings.Where(column => column.PropertyType == typeof(int?))
                .Append(SweepColumns.Settings[^1]).Select(column => new SweepAxis(column.Name, values)),
        ];

        Assert.Equal("GridTooLarge", Assert.Throws<SettingException>(() => SweepPlan.Grid(axes)).ErrorId);
    }

    [Fact]
    public void A_setting_without_values_is_an_empty_grid()
        => Assert.Equal("EmptyGrid", Assert.Throws<SettingException>(() => new SweepAxis("Alpha", [])).ErrorId);

    [Fact]
    public void A_setting_that_training_does_not_have_is_refused_with_those_it_has()
    {
        SettingException exception = Assert.Throws<SettingException>(() => new SweepAxis("LearningRate", [0.1]));

        Assert.Equal("UnknownSetting", exception.ErrorId);
        Assert.Contains("Alpha", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Alpha", "fast")]
    [InlineData("Hidden", "10-x")]
    [InlineData("Hidden", "0")]
    [InlineData("Optimizer", "3")]
    public void A_value_that_is_not_of_its_setting_is_refused(string name, string value)
        => Assert.Equal(name, Assert.Throws<SettingException>(() => new SweepAxis(name, [value])).Setting);

    [Fact]
    public void Random_settings_lie_in_their_ranges_and_come_with_every_seed()
    {
        SweepPlan plan = SweepPlan.Sample(
            [
                new("Alpha", [0.001, 1.0]), new("Hidden", ["10", "100"]),
                new("Optimizer", ["Adam", "Momentum", "AdamW"]), new("Seed", [1, 2]),
            ],
            50,
            0);

        SweepRun[] runs = Runs(plan);
        Assert.Equal(100, runs.Length);
        Assert.All(runs, run =>
        {
            Assert.InRange(run.Alpha!.Value, 0.001, 1);
            Assert.InRange(int.Parse(run.Hidden, CultureInfo.InvariantCulture), 10, 100);
        });
        Assert.All(runs.Chunk(2), pair => Assert.Equal(pair[0].With(row => row.Seed = 2), pair[1]));
        Assert.Equal(3, runs.Select(run => run.Optimizer).Distinct().Count());

        // On a logarithmic scale, about a third of the draws lies in each decade.
        Assert.All(
            [0.001, 0.01, 0.1],
            low => Assert.InRange(runs.Count(run => run.Alpha >= low && run.Alpha < 10 * low), 10, 60));
    }

    [Fact]
    public void More_random_settings_leave_the_first_ones_as_they_were()
    {
        SweepAxis[] axes = [new("Alpha", [0.001, 1.0])];

        Assert.Equal(Runs(SweepPlan.Sample(axes, 5, 3)), Runs(SweepPlan.Sample(axes, 9, 3))[..5]);
        Assert.NotEqual(Runs(SweepPlan.Sample(axes, 5, 3)), Runs(SweepPlan.Sample(axes, 5, 4)));
    }

    [Fact]
    public void Shards_share_all_runs_among_them()
    {
        SweepPlan plan = SweepPlan.Grid([new("Seed", [.. Enumerable.Range(0, 10).Select(seed => (object)seed)])]);

        Assert.Equal([0L, 3, 6, 9], plan.Shard(1, 3));
        Assert.Equal([2L, 5, 8], plan.Shard(3, 3));
        Assert.Empty(plan.Shard(12, 12));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(4, 3)]
    [InlineData(1, 0)]
    public void A_shard_that_is_not_there_is_refused(int index, int of)
        => Assert.Throws<SettingException>(() => SweepPlan.Grid([new("Seed", [1])]).Shard(index, of));

    private static SweepRun[] Runs(SweepPlan plan) => [.. plan.Shard().Select(position => plan[position])];
}
