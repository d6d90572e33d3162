// Somebody is typing in the field beside this widget and has not left it: what others save must not be written over it.
export default {
  render({ model, el }) {
    const field = () => el.closest(".lf-saved")?.querySelector("textarea, input");
    const tell = (typing) => {
      if (model.get("typing") === typing) return;
      model.set("typing", typing);
      model.save_changes();
    };
    const typed = (event) => { if (event.target === field()) tell(true); };
    const left = (event) => { if (event.target === field()) tell(false); };
    document.addEventListener("input", typed);
    document.addEventListener("focusout", left);
    return () => {
      document.removeEventListener("input", typed);
      document.removeEventListener("focusout", left);
    };
  },
};
