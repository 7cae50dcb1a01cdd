namespace MnistNet;

/// <summary>A piece of ink whose pixels touch each other.</summary>
/// <param name="Label">Its number in the map of labels.</param>
/// <param name="Box">The box around it.</param>
/// <param name="Core">How many of its pixels have a stroke's full contrast, nearly.</param>
internal readonly record struct InkStroke(int Label, PixelBox Box, int Core);

/// <summary>The connected strokes of a picture.</summary>
internal sealed class InkStrokes
{
    private InkStrokes(int[] labels, IReadOnlyList<InkStroke> all)
    {
        Labels = labels;
        All = all;
    }

    /// <summary>For each pixel the number of its stroke, counted from 1; 0 for paper.</summary>
    public int[] Labels { get; }

    /// <summary>The strokes that have a core; grain of the paper has none.</summary>
    public IReadOnlyList<InkStroke> All { get; }

    /// <summary>Finds the strokes: pixels of the edge's contrast that touch each other, at a corner too.</summary>
    public static InkStrokes Find(InkMap map)
    {
        int width = map.Width, height = map.Height;
        var labels = new int[width * height];
        var parents = new List<int> { 0 };
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, i++)
            {
                if (map.Contrast[i] < map.Edge)
                {
                    continue;
                }

                int label = x > 0 ? labels[i - 1] : 0;
                for (int above = Math.Max(0, x - 1); y > 0 && above <= Math.Min(width - 1, x + 1); above++)
                {
                    int other = labels[i - width + above - x];
                    if (other > 0)
                    {
                        label = label == 0 ? other : Unite(parents, label, other);
                    }
                }

                if (label == 0)
                {
                    label = parents.Count;
                    parents.Add(label);
                }

                labels[i] = label;
            }
        }

        return Gather(map, labels, parents);
    }

    private static InkStrokes Gather(InkMap map, int[] labels, List<int> parents)
    {
        var numbers = new int[parents.Count];
        var strokes = new List<InkStroke>();
        for (int y = 0, i = 0; y < map.Height; y++)
        {
            for (int x = 0; x < map.Width; x++, i++)
            {
                if (labels[i] == 0)
                {
                    continue;
                }

                int root = Root(parents, labels[i]);
                var pixel = new PixelBox(x, y, x + 1, y + 1);
                int core = map.Contrast[i] >= map.Core ? 1 : 0;
                if (numbers[root] == 0)
                {
                    strokes.Add(new InkStroke(strokes.Count + 1, pixel, core));
                    numbers[root] = strokes.Count;
                }
                else
                {
                    InkStroke old = strokes[numbers[root] - 1];
                    strokes[numbers[root] - 1] = old with { Box = old.Box.With(pixel), Core = old.Core + core };
                }

                labels[i] = numbers[root];
            }
        }

        return new InkStrokes(labels, [.. strokes.Where(stroke => stroke.Core > 0)]);
    }

    private static int Root(List<int> parents, int label)
    {
        while (parents[label] != label)
        {
            // Each look shortens the way for the next.
            parents[label] = parents[parents[label]];
            label = parents[label];
        }

        return label;
    }

    private static int Unite(List<int> parents, int first, int second)
    {
        int a = Root(parents, first), b = Root(parents, second);
        parents[Math.Max(a, b)] = Math.Min(a, b);
        return Math.Min(a, b);
    }
}
