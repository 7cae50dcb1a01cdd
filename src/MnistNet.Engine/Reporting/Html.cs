using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace MnistNet;

/// <summary>
/// A piece of a page. It is made of templates: whatever stands in the holes of one is text and is escaped, unless it is
/// itself a piece of a page. So a name or a title cannot become markup by being forgotten.
/// </summary>
internal sealed class Html
{
    /// <summary>Nothing.</summary>
    public static readonly Html Empty = new("");

    private readonly string _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>A piece made of a template.</summary>
    public static Html Of(Template template) => new(template.ToStringAndClear());

    /// <summary>Several pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece._markup)));

    /// <summary>Markup that this project made, such as a chart; never a text from outside.</summary>
    public static Html Trust(string markup) => new(markup);

    /// <summary>A text as it stands in markup, between quotation marks too.</summary>
    public static string Escape(string text)
        => PictureSvg.Escape(text).Replace("'", "&#39;", StringComparison.Ordinal);

    /// <summary>The markup.</summary>
    public override string ToString() => _markup;

    /// <summary>Markup with holes; the compiler makes one of an interpolated string. Numbers read the same in every
    /// culture.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Template
    {
        private readonly StringBuilder _text;

        public Template(int literalLength, int formattedCount)
            => _text = new StringBuilder(literalLength + (16 * formattedCount));

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(Html piece) => _text.Append(piece._markup);

        public void AppendFormatted(IEnumerable<Html> pieces)
        {
            foreach (Html piece in pieces)
            {
                _text.Append(piece._markup);
            }
        }

        public void AppendFormatted(Html[] pieces) => AppendFormatted(pieces.AsEnumerable());

        public void AppendFormatted(string? text) => _text.Append(Escape(text ?? ""));

        public void AppendFormatted(char letter) => AppendFormatted(letter.ToString());

        public void AppendFormatted<T>(T number, string? format = null)
            where T : IFormattable
            => _text.Append(Escape(number.ToString(format, CultureInfo.InvariantCulture)));

        public string ToStringAndClear() => _text.ToString();
    }
}
