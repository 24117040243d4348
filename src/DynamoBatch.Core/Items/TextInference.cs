using System;

namespace DynamoBatch.Core.Items;

/// <summary>Text that is exactly a JSON number, true, false, null, object or array, taken as that; any other stays text.</summary>
internal sealed class TextInference
{
    private readonly EncoderState _state;
    private readonly JsonTextWriter _json;

    internal TextInference(EncoderState state, JsonTextWriter json)
    {
        _state = state;
        _json = json;
    }

    /// <summary>Writes what a text means; nothing if it is just text.</summary>
    /// <param name="text">Not empty.</param>
    internal bool TryWrite(string text)
    {
        switch (text[0])
        {
            case 't' when text == "true":
                _state.Boolean(true);
                return true;
            case 'f' when text == "false":
                _state.Boolean(false);
                return true;
            case 'n' when text == "null":
                _state.Null();
                return true;
            case '-' or (>= '0' and <= '9'):
                if (!NumberSyntax.IsJsonNumber(text.AsSpan()) || _state.Number.Read(text.AsSpan()) != NumberStatus.Valid)
                {
                    return false;
                }

                _state.WriteNumber();
                return true;
            case '{' when text[text.Length - 1] == '}':
                return _json.TryWrite(text, AttributeType.M);
            case '[' when text[text.Length - 1] == ']':
                return _json.TryWrite(text, AttributeType.L);
            default:
                return false;
        }
    }
}
