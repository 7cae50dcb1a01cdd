namespace MnistNet;

/// <summary>Some lines that belong together, to be set beside or below others.</summary>
/// <param name="lines">The lines, none wider than the width.</param>
internal sealed class TextBlock(IReadOnlyList<StyledLine> lines)
{
    /// <summary>The lines.</summary>
    public IReadOnlyList<StyledLine> Lines { get; } = lines;

    /// <summary>The width of the widest line.</summary>
    public int Width { get; } = lines.Max(line => line.Width);

    /// <summary>Blocks beside each other, aligned at the top.</summary>
    /// <param name="blocks">From the left to the right.</param>
    /// <param name="gap">The number of spaces between two.</param>
    /// <param name="renderer">What the lines are made of.</param>
    public static TextBlock Beside(IReadOnlyList<TextBlock> blocks, int gap, Renderer renderer)
    {
        var lines = new StyledLine[blocks.Max(block => block.Lines.Count)];
        for (int i = 0; i < lines.Length; i++)
        {
            var line = new StyledLine(renderer);
            int left = 0;
            foreach (TextBlock block in blocks)
            {
                if (i < block.Lines.Count)
                {
                    line.PadTo(left);
                    line.Add(block.Lines[i]);
                }

                left += block.Width + gap;
            }

            lines[i] = line;
        }

        return new TextBlock(lines);
    }
}
